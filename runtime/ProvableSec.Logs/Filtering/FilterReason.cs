namespace ProvableSec.Logs.Filtering;

/// <summary>How many records one reason decided on. Bytes are without line feeds.</summary>
/// <param name="Name">A rule's id, <c>otherwise</c>, or why no rule was asked: <c>malformed</c>, <c>too-deep</c>, <c>repeated-member</c>,
/// <c>not-a-waf-record</c>, <c>too-long</c>.</param>
/// <param name="KeptRecords">Records kept.</param>
/// <param name="KeptBytes">Their bytes as they were read.</param>
/// <param name="DroppedRecords">Records dropped.</param>
/// <param name="DroppedBytes">Their bytes.</param>
public readonly record struct FilterReason(string Name, long KeptRecords, long KeptBytes, long DroppedRecords, long DroppedBytes);
