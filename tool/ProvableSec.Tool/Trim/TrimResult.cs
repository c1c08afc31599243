using ProvableSec.Logs.Filtering;

namespace ProvableSec.Tool.Trim;

/// <summary>What became of one input.</summary>
/// <param name="Counts">What has been written of it, and dropped; null when nothing has.</param>
/// <param name="Problem">Why it could not be read or written to its end; null when it was.</param>
/// <param name="Unprocessed">What is not a record; null when that stayed among the others.</param>
internal sealed record TrimResult(FilterCounts? Counts, string? Problem, Spool? Unprocessed);
