//! Many short lists of numbers in two allocations.

/// Lists of numbers, by number.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Where each list begins in `all`, and where the last one ends.
    starts: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    /// Puts lists together. What does not fit into 2^32 numbers in all is left out.
    pub(crate) fn new(lists: impl Iterator<Item = Vec<u32>>) -> Self {
        let mut joined = Self { starts: vec![0], all: Vec::new() };
        for list in lists {
            let Ok(end) = u32::try_from(joined.all.len() + list.len()) else {
                break;
            };
            joined.all.extend(list);
            joined.starts.push(end);
        }
        joined.all.shrink_to_fit();
        joined
    }

    /// List number `number`; empty when there is none.
    pub(crate) fn get(&self, number: usize) -> &[u32] {
        let place = |number: usize| self.starts.get(number).map(|start| *start as usize);
        let range = place(number).zip(place(number + 1));
        range.and_then(|(from, to)| self.all.get(from..to)).unwrap_or_default()
    }

    /// For each of the numbers below `count` the lists that hold it, in order.
    pub(crate) fn inverted(&self, count: usize) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for number in &self.all {
            if let Some(next) = starts.get_mut(*number as usize + 1) {
                *next += 1;
            }
        }
        for number in 1..starts.len() {
            let before = starts.get(number - 1).copied().unwrap_or(0);
            if let Some(start) = starts.get_mut(number) {
                *start += before;
            }
        }
        let mut next = starts.clone();
        let mut all = vec![0_u32; self.all.len()];
        for (list, holder) in (0..self.starts.len().saturating_sub(1)).zip(0_u32..) {
            for number in self.get(list) {
                let Some(place) = next.get_mut(*number as usize) else { continue };
                if let Some(slot) = all.get_mut(*place as usize) {
                    *slot = holder;
                }
                *place += 1;
            }
        }
        Self { starts, all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_inverted() {
        let lists = Lists::new([vec![0, 2], vec![], vec![2]].into_iter());
        assert_eq!(lists.get(0), [0, 2]);
        assert_eq!(lists.get(1), [0; 0]);
        assert_eq!(lists.get(9), [0; 0]);
        let inverted = lists.inverted(3);
        assert_eq!(inverted.get(0), [0]);
        assert_eq!(inverted.get(1), [0; 0]);
        assert_eq!(inverted.get(2), [0, 2]);
    }
}
