namespace ProvableSec.Policy.Cases;

/// <summary>How many policies a layer holds.</summary>
internal enum PolicyLayerShape
{
    /// <summary>One document.</summary>
    One,

    /// <summary>A list of documents.</summary>
    List,

    /// <summary>A list of levels, from the root to the account, each a list of documents.</summary>
    Levels,
}
