//! Undo and redo without limit.

use super::{ApplyError, Document, Transaction};

/// The transactions that led to a document's state, and those taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    steps: Vec<Transaction>,
    position: usize,
}

impl History {
    /// A history that was written down earlier.
    ///
    /// # Errors
    /// If `position` lies past the last step; the steps are given back.
    pub fn restored(steps: Vec<Transaction>, position: usize) -> Result<Self, Vec<Transaction>> {
        if position > steps.len() { Err(steps) } else { Ok(Self { steps, position }) }
    }

    /// Applies a transaction and writes it down; what had been taken back is
    /// forgotten.
    ///
    /// # Errors
    /// As [`Document::apply`]; nothing changes then.
    pub fn commit(
        &mut self,
        document: &mut Document,
        transaction: Transaction,
    ) -> Result<(), ApplyError> {
        document.apply(&transaction)?;
        self.steps.truncate(self.position);
        self.steps.push(transaction);
        self.position += 1;
        Ok(())
    }

    /// Takes the last step back; the step, or `None` at the beginning.
    ///
    /// # Errors
    /// If the document is not the one whose history this is.
    pub fn undo(&mut self, document: &mut Document) -> Result<Option<&Transaction>, ApplyError> {
        let Some(at) = self.position.checked_sub(1) else { return Ok(None) };
        document.apply(&self.steps[at].clone().inverted())?;
        self.position = at;
        Ok(Some(&self.steps[at]))
    }

    /// Does the next step again; the step, or `None` at the end.
    ///
    /// # Errors
    /// If the document is not the one whose history this is.
    pub fn redo(&mut self, document: &mut Document) -> Result<Option<&Transaction>, ApplyError> {
        let Some(step) = self.steps.get(self.position) else { return Ok(None) };
        document.apply(step)?;
        self.position += 1;
        Ok(Some(&self.steps[self.position - 1]))
    }

    /// The document as it was before the first step.
    ///
    /// # Errors
    /// If `document` is not the one whose history this is.
    pub fn base(&self, document: &Document) -> Result<Document, ApplyError> {
        let mut base = document.clone();
        for step in self.steps[..self.position].iter().rev() {
            base.apply(&step.clone().inverted())?;
        }
        Ok(base)
    }

    /// All steps, those taken back included.
    pub fn steps(&self) -> &[Transaction] {
        &self.steps
    }

    /// How many of the steps are done.
    pub fn position(&self) -> usize {
        self.position
    }
}
