"""Give every word of a transcript its place in the audio, and write bilingual subtitles from it."""
