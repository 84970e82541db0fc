//! Who the bot belongs to, as Discord says: the owner of its application, or a team.

use serde::Deserialize;
use serenity::all::{Http, LightMethod, Request, Route, UserId};
use tokio::sync::OnceCell;

/// Who the bot belongs to, asked for once.
#[derive(Debug, Default)]
pub(super) struct Owners(OnceCell<Owner>);

/// A person or a team.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// What it is called on Discord.
    pub(super) name: String,
    people: Vec<UserId>,
}

impl Owner {
    /// Whether the bot is `user`'s.
    pub(super) fn is(&self, user: UserId) -> bool {
        self.people.contains(&user)
    }
}

impl Owners {
    /// Who they are, as Discord says the first time it is asked.
    pub(super) async fn get(&self, http: &Http) -> Result<&Owner, serenity::Error> {
        let ask = || async {
            // Not as serenity's own type, which wants entries that do not matter here.
            let request = Request::new(Route::Oauth2ApplicationCurrent, LightMethod::Get);
            http.fire::<Application>(request).await.map(Owner::from)
        };
        self.0.get_or_try_init(ask).await
    }
}

#[derive(Debug, Deserialize)]
struct Application {
    owner: Option<Person>,
    team: Option<Team>,
}

#[derive(Debug, Deserialize)]
struct Team {
    name: String,
    owner_user_id: UserId,
    members: Vec<TeamMember>,
}

#[derive(Debug, Deserialize)]
struct TeamMember {
    /// 1 invited, 2 accepted.
    membership_state: u8,
    user: Person,
}

#[derive(Debug, Deserialize)]
struct Person {
    id: UserId,
    username: String,
}

impl From<Application> for Owner {
    fn from(application: Application) -> Self {
        match application {
            // The owner that Discord names beside a team is none that somebody can be.
            Application { team: Some(team), .. } => {
                let accepted = team.members.iter().filter(|member| member.membership_state == 2);
                let people = accepted.map(|member| member.user.id).chain([team.owner_user_id]);
                Self { people: people.collect(), name: team.name }
            }
            Application { owner: Some(owner), .. } => {
                Self { name: owner.username, people: vec![owner.id] }
            }
            Application { .. } => Self { name: String::new(), people: vec![] },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn owner(application: serde_json::Value) -> Owner {
        serde_json::from_value::<Application>(application).expect("an application").into()
    }

    #[test]
    fn it_belongs_to_a_person() {
        let owner = owner(json!({"owner": {"id": "7", "username": "olga"}, "team": null}));
        assert!(owner.is(UserId::new(7)) && !owner.is(UserId::new(8)));
        assert_eq!(owner.name, "olga");
    }

    #[test]
    fn it_belongs_to_those_who_have_joined_a_team() {
        let member = |id: &str, state| json!({"membership_state": state, "user": {"id": id, "username": "one"}});
        let team = json!({"name": "Fact desk", "owner_user_id": "7",
            "members": [member("8", 2), member("9", 1)]});
        let owner = owner(json!({"owner": {"id": "99", "username": "team1"}, "team": team}));
        let may: Vec<u64> =
            [7, 8, 9, 99].into_iter().filter(|id| owner.is(UserId::new(*id))).collect();
        assert_eq!((may, owner.name.as_str()), (vec![7, 8], "Fact desk"));
    }
}
