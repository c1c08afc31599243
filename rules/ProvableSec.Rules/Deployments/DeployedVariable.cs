using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Deployments;

/// <summary>A variable in the environment of what is deployed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as far as it is known before the deployment; null for nothing.</param>
/// <param name="At">Where the value stands.</param>
internal sealed record DeployedVariable(string Name, string? Value, JsonItem At);
