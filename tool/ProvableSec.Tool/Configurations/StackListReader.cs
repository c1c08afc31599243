using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the stacks of a configuration: those that it spells out, and the sets of those of documents.</summary>
/// <param name="place">The file that they stand in.</param>
/// <param name="stacks">Takes them.</param>
/// <param name="organization">The organization that they lie in; null for none.</param>
/// <param name="problems">Takes what is wrong with the list of them.</param>
internal sealed class StackListReader(ConfigurationPlace place, ConfiguredStacks stacks, ConfiguredOrganization? organization, ConfigurationProblems problems)
{
    /// <summary>Reads the member <c>stacks</c>.</summary>
    public void Read(JsonItem value)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.Collected.WrongType(value, "stacks", "an object of named stacks");
        }

        foreach (JsonMember member in value.Properties())
        {
            if (member.Value.TryGetProperty("each", out _))
            {
                stacks.Add(new StackSetReader(place, organization).Read(member));
            }
            else
            {
                stacks.Add(Stack(member));
            }
        }
    }

    private ConfiguredStack Stack(JsonMember member)
    {
        var own = new ConfigurationProblems(place.File);
        PolicyStack stack = StackReader.Read(member.Value, $"the stack \"{member.Name}\"", place.Loader, own.Collected);
        if (member.Value is { Kind: JsonKind.Object, Count: 0 })
        {
            own.Add(member.Value, ProblemCode.MissingElement,
                $"the stack \"{member.Name}\" is empty; expected one of {string.Join(", ", StackReader.MemberNames)}, or each with files");
        }

        if (organization is not null && stack.Account is { } account)
        {
            stack = organization.Above(stack, account, member.Value, bindsCallers: true, own);
        }

        ImmutableArray<PolicyProblem> errors = own.Errors;
        return new ConfiguredStack(member.Name, errors.IsEmpty ? stack : null, errors, own.Warnings);
    }
}
