using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Verdicts;

/// <summary>What a verdict means to the one who asked.</summary>
internal enum Outcome
{
    /// <summary>It holds, or is unknown where that was expected.</summary>
    AsWanted,

    /// <summary>It is violated, and the asker knew.</summary>
    ViolatedAsExpected,

    /// <summary>It is violated.</summary>
    Violated,

    /// <summary>It holds, and a violation was expected: the mistake is fixed, or the question no longer finds it.</summary>
    HoldsUnexpectedly,

    /// <summary>Neither is proved.</summary>
    Undecided,

    /// <summary>It holds whatever the policies say or allow, so that nothing is proved, and nobody said that this is fine.</summary>
    Vacuous,

    /// <summary>It is violated, and somebody has decided to live with it for a time.</summary>
    Waived,

    /// <summary>It could not be asked, because something it names cannot be read.</summary>
    NotAsked,
}

/// <summary>Outcomes of verdicts.</summary>
internal static class Outcomes
{
    /// <summary>Whether somebody has to look: it is neither as wanted nor as expected, nor waived.</summary>
    public static bool NeedsAttention(this Outcome outcome) => outcome is not (Outcome.AsWanted or Outcome.ViolatedAsExpected or Outcome.Waived);

    /// <summary>Compares an answer with what was expected; nothing expected is <c>holds</c> expected.</summary>
    public static Outcome Of(Answer answer, Verdict? expected, bool allowsVacuous) =>
        Of(answer.Verdict, expected) is Outcome.AsWanted && answer.Vacuous is not null && !allowsVacuous ? Outcome.Vacuous : Of(answer.Verdict, expected);

    /// <summary>Compares a verdict with what was expected; nothing expected is <c>holds</c> expected.</summary>
    public static Outcome Of(Verdict verdict, Verdict? expected) => verdict == (expected ?? Verdict.Holds)
        ? verdict == Verdict.Violated ? Outcome.ViolatedAsExpected : Outcome.AsWanted
        : verdict switch
        {
            Verdict.Unknown => Outcome.Undecided,
            Verdict.Violated => Outcome.Violated,
            _ => Outcome.HoldsUnexpectedly,
        };
}
