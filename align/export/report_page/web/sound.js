/* The available audio: the whole recording, or clips of it inside the page.

     page.sound.recording      URL of the whole recording, null if there is none
     page.sound.at(start, end) {url, begin, end} of the audio that covers this part of the recording best, or null
     page.sound.open(url, name, ours)  use a recording; `ours` if the reader did not choose the file */
{
  const audio = document.getElementById("audio");
  const file = document.getElementById("file");
  const lines = (document.getElementById("clips")?.textContent ?? "").split("\n").filter(Boolean);
  const clips = lines.map((line) => {
    const [begin, seconds] = line.slice(0, 40).split(" ", 2);
    return { begin: Number(begin), end: Number(begin) + Number(seconds), line };
  });
  let decoded = { clip: null, url: "" };

  function address(clip) {
    if (decoded.clip !== clip) {
      if (decoded.url) URL.revokeObjectURL(decoded.url);
      const binary = atob(clip.line.slice(clip.line.lastIndexOf(" ") + 1));
      const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
      decoded = { clip, url: URL.createObjectURL(new Blob([bytes], { type: "audio/webm" })) };
    }
    return decoded.url;
  }

  function bestClip(start, end) {
    let [best, longest] = [null, 0];
    for (const clip of clips) {
      if (clip.begin > end) break; // clips are in order of their starts
      const overlap = Math.min(end, clip.end) - Math.max(start, clip.begin);
      if (clip.begin <= start + 0.01 && overlap > longest) [best, longest] = [clip, overlap];
    }
    return best;
  }

  page.sound = {
    recording: null,
    clips: clips.length,
    at(start, end) {
      if (page.sound.recording) return { url: page.sound.recording, begin: 0, end: Infinity };
      const clip = bestClip(Math.max(0, start), Math.max(end, start + 0.01));
      return clip && { url: address(clip), begin: clip.begin, end: clip.end };
    },
    open(url, name, ours = false) {
      const probe = new Audio();
      probe.preload = "metadata";
      const differs = () => Math.abs(probe.duration - Number(audio.dataset.seconds)) > 1;
      probe.addEventListener("loadedmetadata", () => {
        if (ours && differs()) return;
        page.player?.pause();
        page.sound.recording = url;
        document.documentElement.classList.add("whole");
        document.getElementById("open").textContent = "Open another recording";
        const doubtful = !ours && (name !== audio.dataset.name || differs());
        page.say(doubtful ? `${name} may be a different recording from ${audio.dataset.name}` : "");
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
    if (chosen) page.sound.open(URL.createObjectURL(chosen), chosen.name); // the file is not uploaded
  });
  if (audio.dataset.recording) page.sound.open(audio.dataset.recording, audio.dataset.name, true);
}
