"""Learn where people end subtitles, from files that they cut."""
