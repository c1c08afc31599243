using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Testing.Failures;

/// <summary>A finding and the text that it is in.</summary>
internal sealed record FoundFinding(DocumentText Source, PolicyFinding Finding);
