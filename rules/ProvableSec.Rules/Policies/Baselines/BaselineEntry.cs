namespace ProvableSec.Rules.Policies.Baselines;

/// <summary>Findings that were there when a baseline was written.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="File">The file, from the folder of the baseline on, with slashes.</param>
/// <param name="Fingerprint">Which finding (<see cref="PolicyFinding.Fingerprint"/>).</param>
/// <param name="Count">How many there were with this fingerprint.</param>
internal sealed record BaselineEntry(string Rule, string File, string Fingerprint, int Count = 1);
