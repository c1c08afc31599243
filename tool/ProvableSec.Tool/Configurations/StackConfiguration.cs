using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>The stacks of a configuration, for whoever asks none of its properties.</summary>
/// <param name="Stacks">The stacks; those with errors say so themselves.</param>
/// <param name="Problems">What is wrong with the files.</param>
/// <param name="Files">The files that say which stacks there are and what binds them: the configuration, what it extends, and the organization.</param>
internal sealed record StackConfiguration(ConfiguredStacks Stacks, IReadOnlyList<PolicyProblem> Problems, IReadOnlyList<string> Files);
