using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>The mark of an outcome, and its tone: the same on a terminal, in a comment and on a page.</summary>
internal static class OutcomeMark
{
    /// <summary>Those of an outcome.</summary>
    public static (string Mark, TextTone Tone) Of(Outcome outcome) => outcome switch
    {
        Outcome.AsWanted => ("✓", TextTone.Good),
        Outcome.ViolatedAsExpected or Outcome.Waived => ("~", TextTone.Good),
        Outcome.Undecided => ("?", TextTone.Doubtful),
        Outcome.Vacuous => ("∅", TextTone.Doubtful),
        Outcome.NotAsked => ("!", TextTone.Bad),
        _ => ("✗", TextTone.Bad),
    };

    /// <summary>What a CI system shows of a test that came to an outcome.</summary>
    public static JUnitOutcome JUnitOf(Outcome outcome) => outcome switch
    {
        Outcome.Violated or Outcome.HoldsUnexpectedly => JUnitOutcome.Failed,
        Outcome.Undecided or Outcome.Vacuous => JUnitOutcome.Skipped,
        Outcome.NotAsked => JUnitOutcome.Error,
        _ => JUnitOutcome.Passed,
    };

    /// <summary>The tone of a severity.</summary>
    public static TextTone ToneOf(Severity severity) => severity switch
    {
        Severity.Error => TextTone.Bad,
        Severity.Warning => TextTone.Doubtful,
        _ => TextTone.Quiet,
    };
}
