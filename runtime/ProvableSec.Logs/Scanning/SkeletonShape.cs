using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Scanning;

/// <summary>What the structural reader found in a skeleton: the same for every line that has it.</summary>
/// <param name="Skeleton">The skeleton.</param>
/// <param name="Status">What such lines are.</param>
/// <param name="Entries">Their entries, at offsets in the skeleton.</param>
internal readonly record struct SkeletonShape(byte[] Skeleton, RecordStatus Status, RecordEntries Entries);
