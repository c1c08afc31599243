namespace ProvableSec.Reasoning.Proving;

/// <summary>What a plain request is looked for, which says which will do; each takes more than the one before.</summary>
internal enum PlainAim
{
    /// <summary>It is shown to somebody where no request of the default readings is: under the one that voids a Deny whose variable has no value.</summary>
    Disputed,

    /// <summary>It is shown to somebody: under the default readings, and for an action that the service data do not list none is made.</summary>
    Shown,

    /// <summary>It shows that something is possible in the world of the question, under some reading.</summary>
    Possible,

    /// <summary>The same, whatever the service data list.</summary>
    Unlisted,

    /// <summary>The same, whatever AWS can send.</summary>
    Thinkable,
}
