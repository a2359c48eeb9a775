/* What can be heard: the whole recording, or clips of it that stand in the page.

     page.sound.recording      address of the whole recording, null when there is none
     page.sound.at(start, end) {url, begin, end} of what holds that stretch of the recording best, or null
     page.sound.open(url, name, ours)  take a recording; `ours` when it is no file that the reader chose */
{
  const audio = document.getElementById("audio");
  const file = document.getElementById("file");
  const lines = (document.getElementById("clips")?.textContent ?? "").split("\n").filter(Boolean);
  const clips = lines.map((line) => {
    const [begin, seconds] = line.slice(0, 40).split(" ", 2);
    return { begin: Number(begin), end: Number(begin) + Number(seconds), line };
  });
  let made = { clip: null, url: "" };

  function address(clip) {
    if (made.clip !== clip) {
      if (made.url) URL.revokeObjectURL(made.url);
      const coded = atob(clip.line.slice(clip.line.lastIndexOf(" ") + 1));
      const bytes = Uint8Array.from(coded, (character) => character.charCodeAt(0));
      made = { clip, url: URL.createObjectURL(new Blob([bytes], { type: "audio/webm" })) };
    }
    return made.url;
  }

  function best(start, end) {
    let [found, most] = [null, 0];
    for (const clip of clips) {
      if (clip.begin > end) break; // they are in order of their beginnings
      const common = Math.min(end, clip.end) - Math.max(start, clip.begin);
      if (clip.begin <= start + 0.01 && common > most) [found, most] = [clip, common];
    }
    return found;
  }

  page.sound = {
    recording: null,
    clips: clips.length,
    at(start, end) {
      if (page.sound.recording) return { url: page.sound.recording, begin: 0, end: Infinity };
      const clip = best(Math.max(0, start), Math.max(end, start + 0.01));
      return clip && { url: address(clip), begin: clip.begin, end: clip.end };
    },
    open(url, name, ours = false) {
      const probe = new Audio();
      probe.preload = "metadata";
      const other = () => Math.abs(probe.duration - Number(audio.dataset.seconds)) > 1;
      probe.addEventListener("loadedmetadata", () => {
        if (ours && other()) return;
        page.player?.pause();
        page.sound.recording = url;
        document.documentElement.classList.add("whole");
        document.getElementById("open").textContent = "Open another recording";
        const strange = !ours && (name !== audio.dataset.name || other());
        page.say(strange ? `${name} may not be ${audio.dataset.name}` : "");
        page.emit("sound", { url });
      });
      probe.addEventListener("error", () => {
        if (!ours) page.say("This browser cannot play the file.");
      });
      probe.src = url;
    },
  };

  file.addEventListener("change", () => {
    const [chosen] = file.files;
    if (chosen) page.sound.open(URL.createObjectURL(chosen), chosen.name); // it stays on this machine
  });
  if (audio.dataset.recording) page.sound.open(audio.dataset.recording, audio.dataset.name, true);
}
