use super::*;

const SOUND: &str = "MTIz.abc-_d.xyz";

fn read(settings: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::read(|name| {
        let found = settings.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

fn refused(settings: &[(&str, &str)]) -> String {
    let with_token = [&[(TOKEN, SOUND)], settings].concat();
    let settings =
        if settings.iter().any(|(name, _)| *name == TOKEN) { settings } else { &with_token };
    read(settings).expect_err("unusable").to_string()
}

#[test]
fn the_example_shows_every_setting() {
    let example: String = SETTINGS
        .iter()
        .map(|setting| format!("# {}\n{}={}\n", setting.does, setting.name, setting.example))
        .collect::<Vec<_>>()
        .join("\n");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example");
    assert_eq!(std::fs::read_to_string(path).expect("the file is there"), example);
}

#[test]
fn the_example_with_a_token_is_the_default() {
    let mut settings: Vec<(&str, &str)> =
        SETTINGS.iter().map(|setting| (setting.name, setting.example)).collect();
    settings.retain(|(name, _)| *name != TOKEN);
    settings.push((TOKEN, SOUND));
    let shown = format!("{:?}", read(&settings).expect("sound"));
    assert_eq!(shown, format!("{:?}", read(&[(TOKEN, SOUND)]).expect("sound")));
    insta::assert_snapshot!(shown, @r#"Config { token: ***, api_url: None, database_url: "sqlite://mythbot.db", knowledge_dir: None, retention_days: 90, shards: Auto, metrics_addr: Some(127.0.0.1:9464), log: Level(Info), log_format: Text }"#);
}

#[test]
fn a_wrong_setting_says_what_to_do() {
    insta::assert_snapshot!(refused(&[(TOKEN, " ")]), @"DISCORD_TOKEN is not set: copy .env.example to .env and put the bot's token there, from https://discord.com/developers/applications, your application, Bot, Reset Token");
    insta::assert_snapshot!(refused(&[(TOKEN, "0123456789abcdef")]), @"DISCORD_TOKEN is not a bot token (a token has three parts between full stops; the client secret and the public key are something else): copy it again from https://discord.com/developers/applications, your application, Bot, Reset Token");
    insta::assert_snapshot!(refused(&[(TOKEN, "\"a.b.c\"")]), @"DISCORD_TOKEN is not a bot token (it has a sign that no token has, such as a blank or a quotation mark): copy it again from https://discord.com/developers/applications, your application, Bot, Reset Token");
    insta::assert_snapshot!(refused(&[(API_URL, "127.0.0.1:3000")]), @"DISCORD_API_URL is `127.0.0.1:3000`: write an address such as http://127.0.0.1:3000, or leave it empty");
    insta::assert_snapshot!(refused(&[(DATABASE, "mysql://me:secret@host/db")]), @"DATABASE_URL is `mysql:…`: write sqlite:// and the path of a file, or postgres://user:password@host/database, or leave it empty");
    for days in ["0", "3651", "-1", "many"] {
        assert!(refused(&[(RETENTION, days)]).starts_with("RETENTION_DAYS is `"), "{days}");
    }
    insta::assert_snapshot!(refused(&[(RETENTION, "0")]), @"RETENTION_DAYS is `0`: write a number of days from 1 to 3650, or leave it empty");
    insta::assert_snapshot!(refused(&[(SHARDS, "4/16")]), @"SHARDS is `4/16`: write auto, or a number of shards such as 16, or some of them such as 0..4/16 (those from 0 to 3, of 16), or `part 0 of 4/16` (the first of four parts)");
    insta::assert_snapshot!(refused(&[(SHARDS, "part 4 of 4/16")]), @"SHARDS is `part 4 of 4/16`: parts are counted from 0, as Kubernetes counts: the last of four is `part 3 of 4/16`");
    insta::assert_snapshot!(refused(&[(METRICS, "localhost:9464")]), @"METRICS_ADDR is `localhost:9464`: write an address and a port in numbers, such as 127.0.0.1:9464, or off");
    insta::assert_snapshot!(refused(&[(LOG, "loud")]), @"LOG is `loud`: write error, warn, info or debug");
    insta::assert_snapshot!(refused(&[(LOG_FORMAT, "xml")]), @"LOG_FORMAT is `xml`: write text or json");
}

#[test]
fn tokens_are_taken_as_people_paste_them() {
    for pasted in [SOUND, "  MTIz.abc-_d.xyz\n", "Bot MTIz.abc-_d.xyz"] {
        let config = read(&[(TOKEN, pasted)]).expect("sound");
        assert_eq!(config.token.expose(), SOUND);
        assert_eq!(format!("{:?}", config.token), "***");
    }
}

#[test]
fn an_address_loses_its_last_slash() {
    let config = read(&[(TOKEN, SOUND), (API_URL, "http://127.0.0.1:3000/")]);
    let config = config.expect("sound");
    assert_eq!(config.api_url.as_deref(), Some("http://127.0.0.1:3000"));
}
