//! The native JSON as JSONL: each line is a whole native file of one
//! document, so that lines can be cut, joined and read alone.

use super::catalogue::{Export, File, Imported};
use super::draft::Problem;
use super::native::{self, NativeError};

/// Writes one document a line.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let lines: String = export
        .documents
        .iter()
        .map(|document| native::write_line(export.scheme, [document]) + "\n")
        .collect();
    vec![File::text(export.file("jsonl"), lines)]
}

/// Writes the native JSON.
pub(super) fn write_whole(export: &Export<'_>) -> Vec<File> {
    vec![File::text(export.file("json"), native::write(export.scheme, export.documents))]
}

/// Reads native files, whole or by line. The first scheme is taken.
pub(super) fn read(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    for file in files {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        match native::read(text) {
            Ok(workspace) => {
                take(workspace, &file.name, &mut imported);
                continue;
            }
            // It is one value, and its lines are none.
            Err(error @ (NativeError::Newer(_) | NativeError::Foreign)) => {
                imported.problems.push(Problem::new(&file.name, error));
                continue;
            }
            Err(NativeError::Json { .. }) => {}
        }
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let at = format!("{} line {}", file.name, index + 1);
            match native::read(line) {
                Ok(workspace) => take(workspace, &at, &mut imported),
                Err(error) => imported.problems.push(Problem::new(at, error)),
            }
        }
    }
    imported
}

fn take(workspace: native::Workspace, at: &str, imported: &mut Imported) {
    imported.scheme.get_or_insert(workspace.scheme);
    imported.documents.extend(workspace.documents);
    let problems = workspace.problems.into_iter();
    imported
        .problems
        .extend(problems.map(|p| Problem::new(format_args!("{at} {}", p.path), p.what)));
}
