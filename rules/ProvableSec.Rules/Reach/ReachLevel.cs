namespace ProvableSec.Rules.Reach;

/// <summary>The most that somebody provably reaches, from least to most; levels of access as the Service Authorization Reference has them.</summary>
internal enum ReachLevel
{
    /// <summary>Nothing that is shown.</summary>
    Nothing,

    /// <summary>Reads or lists.</summary>
    Reads,

    /// <summary>Creates, deletes or changes.</summary>
    Writes,

    /// <summary>Grants others access to resources.</summary>
    Permissions,

    /// <summary>Everything.</summary>
    Administrator,
}
