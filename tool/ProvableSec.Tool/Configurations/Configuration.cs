using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>What a configuration file asks for. Immutable.</summary>
/// <param name="Name">The file, as the user named it.</param>
/// <param name="Documents">The policy documents it lists, each once, in the order of their names.</param>
/// <param name="Properties">The properties that have an id, in the order of the file.</param>
/// <param name="Problems">What is wrong with the file itself and with what it names, errors first come first.</param>
/// <param name="Warnings">What is odd about its stacks; what is odd about documents and properties is with them.</param>
internal sealed record Configuration(
    string Name,
    ImmutableArray<ConfiguredDocument> Documents,
    ImmutableArray<ConfiguredProperty> Properties,
    ImmutableArray<PolicyProblem> Problems,
    ImmutableArray<PolicyProblem> Warnings);
