//! Folders that are dropped or chosen: their files, in the order in which a
//! person numbers them, without what systems leave in folders.

use gloo::file::File;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry, HtmlInputElement,
};

use super::arrivals::Incoming;
use crate::formats::plain;
use crate::text::order;

/// The folders among what was dropped, and whether there are any. They can
/// only be asked for in the task of the drop.
pub fn dropped(data: &DataTransfer) -> Option<Vec<FileSystemEntry>> {
    let items = data.items();
    let entries: Vec<FileSystemEntry> =
        (0..items.length()).filter_map(|at| items.get(at)?.webkit_get_as_entry().ok()?).collect();
    entries.iter().any(FileSystemEntry::is_directory).then_some(entries)
}

/// All files of folders and of the folders in them. What cannot be read is
/// not there: the browser gives no more than a name.
pub async fn files_of(entries: Vec<FileSystemEntry>) -> Vec<Incoming> {
    let mut files = Vec::new();
    let mut open = entries;
    while let Some(entry) = open.pop() {
        if entry.is_directory() {
            open.extend(inside(entry.unchecked_into()).await);
        } else if let Ok(file) = file(entry.unchecked_ref()).await {
            let path = entry.full_path();
            files.push(Incoming { path: path.trim_start_matches('/').to_owned(), file });
        }
    }
    sorted(files)
}

/// The files that were chosen; those of a folder with their paths.
pub fn chosen(input: &HtmlInputElement) -> Vec<Incoming> {
    let files = input.files().map(|list| gloo::file::FileList::from(list).to_vec());
    let with_path = |file: File| {
        let blob: &web_sys::Blob = file.as_ref();
        let path = Reflect::get(blob, &"webkitRelativePath".into()).ok();
        let path = path.and_then(|path| path.as_string()).filter(|path| !path.is_empty());
        Incoming { path: path.unwrap_or_else(|| file.name()), file }
    };
    let files: Vec<Incoming> = files.unwrap_or_default().into_iter().map(with_path).collect();
    let is_folder = files.iter().any(|file| file.path.contains('/'));
    if is_folder { sorted(files) } else { files }
}

fn sorted(mut files: Vec<Incoming>) -> Vec<Incoming> {
    files.retain(|file| !plain::is_systems_own(&file.path));
    order::sort_by(&mut files, |a, b| plain::by_name(&a.path, &b.path));
    files
}

/// What lies in a folder: the browser tells a hundred at a time.
async fn inside(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let some = Promise::new(&mut |done, failed| {
            // Its own failure is told to `failed`.
            let _ = reader.read_entries_with_callback_and_callback(&done, &failed);
        });
        let Ok(some) = JsFuture::from(some).await else { return all };
        let some: Array = some.unchecked_into();
        if some.length() == 0 {
            return all;
        }
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file(entry: &FileSystemFileEntry) -> Result<File, JsValue> {
    let file = Promise::new(&mut |done, failed| {
        entry.file_with_callback_and_callback(&done, &failed);
    });
    Ok(File::from(JsFuture::from(file).await?.unchecked_into::<web_sys::File>()))
}
