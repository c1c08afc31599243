using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>The stacks of all users, roles or resources of some documents.</summary>
/// <param name="Name">The name of all of them.</param>
/// <param name="Members">Each of them; its name begins with that of the set.</param>
/// <param name="Problems">What keeps some of them from being known.</param>
/// <param name="Warnings">What is odd about the documents.</param>
internal sealed record StackSet(string Name, ImmutableArray<ConfiguredStack> Members, ImmutableArray<PolicyProblem> Problems,
    ImmutableArray<PolicyProblem> Warnings)
{
    /// <summary>What stands between the name of a set and that of a member.</summary>
    public const char Separator = '/';

    /// <summary>Of what there is a stack in a set: its member <c>each</c>.</summary>
    public const string Role = "role", User = "user", Principal = "principal", Resource = "resource";

    private readonly HashSet<string> names = new(Members.Select(member => member.Name), StringComparer.Ordinal);

    /// <summary>Whether a stack is one of them.</summary>
    public bool Has(string stack) => names.Contains(stack);
}
