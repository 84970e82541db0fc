//! Forms as rows of numbered words, in a trie whose equal branches are one.

use rustc_hash::FxHashMap;

/// Rows of words, each with a value.
#[derive(Debug, Default)]
pub(crate) struct FormTrie {
    /// Branch after branch, each by word: no two branches have the same steps.
    steps: Vec<Step>,
    /// Where the steps of each branch begin, and where the last end. The first branch has none.
    branches: Vec<u32>,
    /// Word to the step to the rows that begin with it; one that leads nowhere when none does.
    starts: Vec<Step>,
}

/// A word of rows that have been the same up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Step {
    word: u16,
    /// The value of the row that ends here, 0 when none does.
    value: u16,
    /// How the rows go on: the number of a branch.
    branch: u16,
}

impl FormTrie {
    /// Rows are sorted, none is empty or given twice, and no value is 0. Of different branches
    /// 65,535 have room; rows that need more are cut off.
    pub(crate) fn new(rows: &[(Vec<u16>, u16)]) -> Self {
        let mut builder = Builder { trie: Self::default(), numbers: FxHashMap::default() };
        builder.trie.branches.extend([0, 0]);
        builder.numbers.insert(Vec::new(), 0);
        let first = builder.steps(rows, 0);
        let mut trie = builder.trie;
        let count = first.last().map_or(0, |step| usize::from(step.word) + 1);
        trie.starts = vec![Step { word: 0, value: 0, branch: 0 }; count];
        for step in first {
            if let Some(start) = trie.starts.get_mut(usize::from(step.word)) {
                *start = step;
            }
        }
        trie.steps.shrink_to_fit();
        trie.branches.shrink_to_fit();
        trie
    }

    /// The step to the rows that begin with `word`.
    pub(crate) fn start(&self, word: u16) -> Option<Step> {
        self.starts
            .get(usize::from(word))
            .copied()
            .filter(|step| step.value != 0 || !step.is_last())
    }

    /// The step to the rows that go on with `word` behind another step.
    pub(crate) fn next(&self, step: Step, word: u16) -> Option<Step> {
        let branch = usize::from(step.branch);
        let [from, to] = self.branches.get(branch..branch + 2)?.try_into().ok()?;
        let steps = self.steps.get(from as usize..to as usize)?;
        let at = steps.binary_search_by_key(&word, |step| step.word).ok()?;
        steps.get(at).copied()
    }
}

impl Step {
    /// The value of the row that ends here.
    pub(crate) fn value(self) -> Option<u16> {
        Some(self.value).filter(|value| *value != 0)
    }

    /// Whether no row goes on here.
    pub(crate) fn is_last(self) -> bool {
        self.branch == 0
    }
}

#[derive(Debug)]
struct Builder {
    trie: FormTrie,
    /// The number of each branch by its steps.
    numbers: FxHashMap<Vec<Step>, u16>,
}

impl Builder {
    /// The steps that rows take which are the same up to word number `depth`.
    fn steps(&mut self, rows: &[(Vec<u16>, u16)], depth: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        for group in rows.chunk_by(|(a, _), (b, _)| a.get(depth) == b.get(depth)) {
            let Some((row, value)) = group.first() else { continue };
            let Some(word) = row.get(depth).copied() else { continue };
            let ends = row.len() == depth + 1;
            let longer = group.get(usize::from(ends)..).unwrap_or_default();
            let behind = self.steps(longer, depth + 1);
            let branch = self.number(behind);
            steps.push(Step { word, value: if ends { *value } else { 0 }, branch });
        }
        steps
    }

    /// The number of the branch with these steps.
    fn number(&mut self, steps: Vec<Step>) -> u16 {
        if let Some(number) = self.numbers.get(&steps) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.numbers.len()) else { return 0 };
        self.trie.steps.extend(&steps);
        self.trie.branches.push(u32::try_from(self.trie.steps.len()).unwrap_or(u32::MAX));
        self.numbers.insert(steps, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(trie: &FormTrie, row: &[u16]) -> Option<u16> {
        let (first, rest) = row.split_first()?;
        let step = rest.iter().try_fold(trie.start(*first)?, |step, word| trie.next(step, *word));
        step?.value()
    }

    #[test]
    fn rows_have_their_values_and_beginnings_none() {
        let rows = [vec![1, 2, 3], vec![1, 2, 5], vec![1, 4], vec![2], vec![2, 2, 2], vec![7]];
        let numbered: Vec<(Vec<u16>, u16)> = rows.iter().cloned().zip(1..).collect();
        let trie = FormTrie::new(&numbered);
        for (row, number) in &numbered {
            assert_eq!(value(&trie, row), Some(*number), "{row:?}");
        }
        let others: [&[u16]; 7] = [&[1], &[1, 2], &[1, 3], &[2, 2], &[3], &[8], &[7, 1]];
        for row in others {
            assert_eq!(value(&trie, row), None, "{row:?}");
        }
        assert_eq!(value(&FormTrie::new(&[]), &[0]), None);
    }

    #[test]
    fn branches_that_are_the_same_are_kept_once() {
        let rows: Vec<(Vec<u16>, u16)> =
            (0..50).flat_map(|word| [(vec![word, 7, 8], 1), (vec![word, 7, 9], 2)]).collect();
        let trie = FormTrie::new(&rows);
        assert_eq!(trie.steps.len(), 3, "one step with 7, one each with 8 and 9");
        for (row, number) in &rows {
            assert_eq!(value(&trie, row), Some(*number), "{row:?}");
        }
    }
}
