namespace ProvableSec.Reasoning.Assumptions;

/// <summary>One fact about the requests that AWS can send, as the code asserts it.</summary>
/// <param name="Name">Its name, unique in the table.</param>
/// <param name="Assumption">The assumption that it belongs to, or <see cref="WorldFactTable.Always"/>.</param>
/// <param name="Says">What it says, in one sentence.</param>
/// <param name="Source">The page of AWS, or what else it rests on.</param>
/// <param name="Checked">The day it was last held against its source, as yyyy-MM-dd.</param>
internal sealed record WorldFactRow(string Name, string Assumption, string Says, string Source, string Checked);
