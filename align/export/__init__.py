"""Results as files: subtitles, transcripts, markers, plots and the report page."""
