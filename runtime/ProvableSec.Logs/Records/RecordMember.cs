namespace ProvableSec.Logs.Records;

/// <summary>What the value of a member, or an element, is taken for.</summary>
/// <param name="Field">The field it gives a value to.</param>
/// <param name="Object">What it is when it is an object.</param>
/// <param name="Array">What it is when it is an array.</param>
/// <param name="TellsOfMatch">True when a value of an unexpected kind must pass for a match: a record is rather kept than misread.</param>
internal readonly record struct RecordMember(
    RecordField Field = RecordField.None,
    RecordContext Object = RecordContext.Other,
    RecordContext Array = RecordContext.Other,
    bool TellsOfMatch = false);
