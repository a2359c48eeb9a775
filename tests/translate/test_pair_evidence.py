"""What two texts have in common speaks for a pair, and what one of them lacks against it."""

from __future__ import annotations

from align.translate.pair_evidence import pair_evidence
from align.translate.similarity import words_of

CUES = ["我父亲是工程师。", "他喜欢喝茶。", "她不喜欢喝茶。", "今天天气很好。"]
SENTENCES = [
    "My father is an engineer.",
    "He likes tea.",
    "She doesn't like tea.",
    "The weather is good today.",
]


def ratio(cue: int, sentence: int, source: str = "zh") -> float:
    texts = (CUES, SENTENCES) if source == "zh" else (SENTENCES, CUES)
    target = "en" if source == "zh" else "zh"
    evidence = pair_evidence(words_of(texts[0], source, target), words_of(texts[1], target, source))
    return evidence.of(range(cue, cue + 1), range(sentence, sentence + 1))[0]


def test_a_translation_is_likelier_than_any_other_sentence_in_both_directions() -> None:
    for source in ("zh", "en"):
        for cue in range(len(CUES)):
            ratios = [ratio(cue, sentence, source) for sentence in range(len(SENTENCES))]
            assert max(ratios) == ratios[cue]


def test_a_pronoun_and_a_negation_tell_two_sentences_of_the_same_words_apart() -> None:
    assert ratio(1, 1) > 0 > ratio(1, 2)


def test_a_text_of_a_pair_that_has_nothing_of_the_other_side_is_counted() -> None:
    evidence = pair_evidence(words_of(CUES, "zh", "en"), words_of(SENTENCES, "en", "zh"))
    assert evidence.of(range(1), range(2))[1] == 1
    assert evidence.of(range(2), range(2))[1] == 0


def test_without_a_dictionary_numbers_and_common_names_count() -> None:
    cues = words_of(["Le 3 mai, Bruce chante.", "Il pleut à Lyon."], "fr", "en")
    sentences = words_of(["On May 3 Bruce sings.", "It rains in Lyon."], "en", "fr")
    evidence = pair_evidence(cues, sentences)
    (first, _), (crossed, _) = evidence.of(range(1), range(1)), evidence.of(range(1), range(1, 2))
    assert first > 0 > crossed


def test_empty_texts_have_no_evidence() -> None:
    assert pair_evidence((), ()).of(range(0), range(0)) == (0, 0)
