//! Long lists, a page at a time.

/// Most characters of a page; a card holds a little more.
const PAGE: usize = 3900;

/// The lines of page number `page`, counted from 1, and how many pages there are. A page that is not
/// there is the last one.
pub(super) fn page(lines: &[String], page: usize) -> (String, usize, usize) {
    let mut pages: Vec<String> = vec![String::new()];
    for line in lines {
        let new = match pages.last_mut() {
            Some(last) if last.is_empty() => {
                last.push_str(line);
                continue;
            }
            Some(last) if last.chars().count() + 1 + line.chars().count() <= PAGE => {
                last.push('\n');
                last.push_str(line);
                continue;
            }
            _ => line.clone(),
        };
        pages.push(new);
    }
    let shown = page.clamp(1, pages.len());
    let text = pages.get(shown - 1).cloned().unwrap_or_default();
    (text, shown, pages.len())
}

/// What stands under a page.
pub(super) fn footer(command: &str, shown: usize, pages: usize) -> String {
    match pages {
        1 => String::new(),
        _ if shown < pages => {
            format!("Page {shown} of {pages}. The next one: {command} page:{}", shown + 1)
        }
        _ => format!("Page {shown} of {pages}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_lost_or_cut() {
        let lines: Vec<String> = (0..100).map(|i| format!("{i:03}{}", "ä".repeat(97))).collect();
        let (_, _, pages) = page(&lines, 1);
        let all: Vec<String> = (1..=pages).map(|number| page(&lines, number).0).collect();
        assert_eq!(all.join("\n"), lines.join("\n"));
        assert!(all.iter().all(|page| page.chars().count() <= PAGE));
        assert_eq!(page(&lines, 99).1, pages);
        assert_eq!(page(&[], 0), (String::new(), 1, 1));
    }

    #[test]
    fn the_footer_leads_on() {
        assert_eq!(footer("/mythmod pins", 1, 1), "");
        assert_eq!(
            footer("/mythmod pins", 1, 2),
            "Page 1 of 2. The next one: /mythmod pins page:2"
        );
        assert_eq!(footer("/mythmod pins", 2, 2), "Page 2 of 2");
    }
}
