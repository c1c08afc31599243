namespace ProvableSec.Rules.Stacks;

/// <summary>What whoever reads a template or plan can do about what it leaves open: the ends of messages, each a clause without a stop.</summary>
/// <param name="ManagedPolicy">How a managed policy is given that is not in the file, by its name.</param>
/// <param name="List">How the list is given that a loop goes over.</param>
/// <param name="Choices">How conditions and parameters are given.</param>
internal sealed record DeploymentHints(Func<string, string> ManagedPolicy, string List, string Choices);
