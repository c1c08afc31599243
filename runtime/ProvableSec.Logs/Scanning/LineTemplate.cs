using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Scanning;

/// <summary>What the structural reader found in a line: the same for every line that differs from it only inside strings that are values, and in
/// digits.</summary>
/// <param name="Status">What such lines are.</param>
/// <param name="Entries">Their entries, at places in the parts that they have in common.</param>
internal sealed record LineTemplate(RecordStatus Status, RecordEntries Entries);
