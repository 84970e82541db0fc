//! Forms as rows of numbered words, in a trie that is one array.

/// Rows of words, each with a value.
#[derive(Debug, Default)]
pub(crate) struct FormTrie {
    /// Level by level from the root: the children of a node lie together, by their words. One more
    /// stands at the end, so that every node has a next one.
    nodes: Vec<Node>,
    /// Word to the node of the rows that begin with it, 0 when none does.
    starts: Vec<u32>,
}

/// What some rows begin with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// Its first child; its last one stands before the first of the next node.
    children: u32,
    /// Its last word.
    word: u16,
    /// The value of the row that ends here, 0 when none does.
    value: u16,
}

impl FormTrie {
    /// Rows are sorted, none is empty or given twice, and no value is 0.
    pub(crate) fn new(rows: &[(Vec<u16>, u16)]) -> Self {
        let mut nodes = vec![Node { word: 0, children: 0, value: 0 }];
        // The rows of each node and how many words of them have been read.
        let mut open = vec![(rows, 0)];
        let mut number = 0;
        while let Some((rows, depth)) = open.get(number).copied() {
            let ends = rows.first().filter(|(row, _)| row.len() == depth);
            let longer = rows.get(usize::from(ends.is_some())..).unwrap_or_default();
            if let Some(node) = nodes.get_mut(number) {
                node.value = ends.map_or(0, |(_, value)| *value);
                node.children = u32::try_from(open.len()).unwrap_or(u32::MAX);
            }
            for group in longer.chunk_by(|(a, _), (b, _)| a.get(depth) == b.get(depth)) {
                let word = group.first().and_then(|(row, _)| row.get(depth)).copied();
                nodes.push(Node { word: word.unwrap_or(0), children: 0, value: 0 });
                open.push((group, depth + 1));
            }
            number += 1;
        }
        let end = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
        nodes.push(Node { word: 0, children: end, value: 0 });
        nodes.shrink_to_fit();
        let mut trie = Self { nodes, starts: Vec::new() };
        trie.fill_starts();
        trie
    }

    fn fill_starts(&mut self) {
        let behind = self.nodes.get(1).map_or(1, |node| node.children);
        let first = self.nodes.get(1..behind as usize).unwrap_or_default();
        self.starts = vec![0; first.last().map_or(0, |node| usize::from(node.word) + 1)];
        for (number, node) in (1..).zip(first) {
            if let Some(start) = self.starts.get_mut(usize::from(node.word)) {
                *start = number;
            }
        }
    }

    /// The node of the rows that begin with `word`.
    pub(crate) fn start(&self, word: u16) -> Option<u32> {
        self.starts.get(usize::from(word)).copied().filter(|number| *number != 0)
    }

    /// The node of the rows that go on with `word`.
    pub(crate) fn next(&self, node: u32, word: u16) -> Option<u32> {
        let first = self.nodes.get(node as usize)?.children;
        let behind = self.nodes.get(node as usize + 1)?.children;
        let children = self.nodes.get(first as usize..behind as usize)?;
        let at = children.binary_search_by_key(&word, |child| child.word).ok()?;
        u32::try_from(at).ok().map(|at| first + at)
    }

    /// The value of the row that ends at a node.
    pub(crate) fn value(&self, node: u32) -> Option<u16> {
        self.nodes.get(node as usize).map(|node| node.value).filter(|value| *value != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(trie: &FormTrie, row: &[u16]) -> Option<u16> {
        let (first, rest) = row.split_first()?;
        let node = rest.iter().try_fold(trie.start(*first)?, |node, word| trie.next(node, *word));
        trie.value(node?)
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
}
