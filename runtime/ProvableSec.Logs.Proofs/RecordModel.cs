namespace ProvableSec.Logs.Proofs;

/// <summary>The values that a record must have for a formula to be true of it. A field that is listed without a value is absent; what is not listed is
/// free.</summary>
internal sealed class RecordModel
{
    /// <summary>Values of text and addresses, by field.</summary>
    public Dictionary<RecordVariable, List<string>> Texts { get; } = [];

    /// <summary>Values of numbers, by field; null for none.</summary>
    public Dictionary<RecordVariable, long?> Numbers { get; } = [];

    /// <summary>The ranges that the record's own size must lie in (true) or outside of (false).</summary>
    public List<(Rules.LogCondition.Number Range, bool Inside)> Size { get; } = [];
}
