"""Measure aligners side by side, on recordings whose times people marked or the voice's maker knows.

Modules in the order in which things pass through them: values, textgrid, corpora, synthetic, degrade (what is
listened to); rivals, tools, process, runs (who listens, and at what cost); place, metrics, report (how well).
"""
