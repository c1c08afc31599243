namespace ProvableSec.Reasoning.Questions;

/// <summary>Why an answer is <see cref="Verdict.Unknown"/>. The answer's <see cref="Answer.Reason"/> says the same for people.</summary>
public enum UnknownReason
{
    /// <summary>Neither a proof nor a request was found: what conditions or variables compare is not searched exhaustively.</summary>
    Undecided,

    /// <summary>The steps that the question may cost are used up; <see cref="Query.Budget"/> is how many.</summary>
    BudgetUsedUp,

    /// <summary>A search needs more memory, or a text is longer, than is allowed on any machine.</summary>
    TooLarge,

    /// <summary>The asker canceled it; another run may decide it.</summary>
    Canceled,

    /// <summary>The question compares, or speaks of, what the prover does not know how to ask about.</summary>
    NotSupported,

    /// <summary>The document grants nothing by itself, because of its type or because it only denies.</summary>
    GrantsNothingByItself,

    /// <summary>What was not given decides: a policy, such as that of the resource, or who a principal is that the policy names by an id.</summary>
    NotGiven,

    /// <summary>The bucket leaves it to access points whom they let in; it is not public as Amazon S3 says it.</summary>
    AccessPointsDecide,

    /// <summary>A check of the answer failed, so that nothing is claimed.</summary>
    Contradicted,
}
