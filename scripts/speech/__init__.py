"""Speech whose every token's place is known, made from a script by Kokoro-82M.

One way through: `script` reads the lines, `reading` says how each token sounds (`mandarin`, `english`,
`numbers`), `utterances` cuts them to the model's size, `kokoro` speaks, `voices` tells the speakers apart,
`timing` finds where each token really lies, `room` adds air, `render` strings it all together as a stream,
`output` writes it. `check` measures the times' errors.
"""
