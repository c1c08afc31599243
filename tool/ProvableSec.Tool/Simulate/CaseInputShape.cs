namespace ProvableSec.Tool.Simulate;

/// <summary>What a stream of cases turns out to be.</summary>
internal enum CaseInputShape
{
    /// <summary>More must be read to tell.</summary>
    Unknown,

    /// <summary>A case a line.</summary>
    Lines,

    /// <summary>One JSON document: a case, an array of cases, or an object with <c>cases</c>.</summary>
    Document,
}
