package store

import "recto/cards/formats"

// linkMedia notes which media of the user's the values of a note name.
func (t *txn) linkMedia(user UserID, note int64, values []string) error {
	if _, err := t.exec(`DELETE FROM note_media WHERE note_id = ?`, note); err != nil {
		return err
	}
	for _, name := range formats.References(values...) {
		_, err := t.exec(`INSERT OR IGNORE INTO note_media (media_id, note_id) SELECT m.id, ? FROM media m WHERE m.user_id = ? AND m.name = ?`, note, int64(user), name)
		if err != nil {
			return err
		}
	}
	return nil
}
