namespace ProvableSec.Logs.Rules;

/// <summary>What is done with a record.</summary>
public enum RuleAction
{
    /// <summary>It is written.</summary>
    Keep,

    /// <summary>It is not written.</summary>
    Drop,

    /// <summary>One in some is written, with its weight; which ones follows from their request ids.</summary>
    Sample,
}
