namespace ProvableSec.Bench.Output;

/// <summary>One number.</summary>
/// <param name="Part">The part it belongs to.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The number; null when it could not be measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Target">What it is to reach, in words; null when nothing was set.</param>
/// <param name="IsMet">Whether it does.</param>
/// <param name="Note">What a reader should know beside it.</param>
internal sealed record Figure(string Part, string Name, double? Value, string Unit, string? Target, bool? IsMet, string? Note);
