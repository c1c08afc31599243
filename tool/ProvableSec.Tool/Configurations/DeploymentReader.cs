using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Stacks;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads what a set of stacks says of the deployments of its templates and plans, which these leave open.</summary>
/// <param name="set">The name of the set.</param>
/// <param name="loader">Reads its policies.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class DeploymentReader(string set, PolicyLoader loader, ConfigurationProblems problems)
{
    /// <summary>The member with policies that templates only name.</summary>
    public const string ManagedPolicies = "managedPolicies";

    private const string Region = "region", Parameters = "parameters", Conditions = "conditions";

    private readonly List<JsonMember> given = [];
    private readonly Dictionary<string, JsonItem> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonItem> conditionNames = new(StringComparer.Ordinal);
    private KnownDeployment known = new(new DeploymentHints(
        name => $"give it in \"{ManagedPolicies}\" of \"{set}\"",
        $"give the list in \"{Parameters}\" of \"{set}\", as \"one,two\"",
        $"give some in \"{Parameters}\" or \"{Conditions}\" of \"{set}\""));

    /// <summary>The members that it reads.</summary>
    public static ImmutableArray<string> MemberNames { get; } = [Region, Parameters, Conditions, ManagedPolicies];

    /// <summary>Reads a member; false for one of others.</summary>
    public bool TryReadMember(JsonMember member)
    {
        switch (member.Name)
        {
            case Region:
                known = problems.Collected.ExpectString(member.Value, Region) is { } region ? known.InRegion(region) : known;
                break;
            case Parameters:
                ReadParameters(member.Value);
                break;
            case Conditions:
                ReadConditions(member.Value);
                break;
            case ManagedPolicies:
                ReadManagedPolicies(member.Value);
                break;
            default:
                return false;
        }

        given.Add(member);
        return true;
    }

    /// <summary>What is said of the deployments.</summary>
    /// <param name="account">The account that the set gives; null for none.</param>
    public KnownDeployment In(string? account) => account is null ? known : known.InAccount(account);

    /// <summary>Reports members that none of the files reads, and names that none of them has: they would not say what their writer thinks.</summary>
    /// <param name="templates">The templates of the set.</param>
    /// <param name="plans">How many plans it has.</param>
    public void Check(IReadOnlyList<TemplateContent> templates, int plans)
    {
        foreach (JsonMember member in given.Where(member => templates.Count == 0 && (plans == 0 || member.Name != ManagedPolicies)))
        {
            problems.Add(member.NameElement, ProblemCode.ConflictingElements,
                $"\"{member.Name}\" says what templates{(member.Name == ManagedPolicies ? " and plans" : "")} leave open, and \"{set}\" has none");
        }

        foreach ((string name, JsonItem at) in templates.Count == 0 ? [] : names.Where(name => !templates.Any(template => template.HasName(name.Key))))
        {
            problems.NoSuch(at, "parameter or resource", name, [.. templates.SelectMany(template => template.Parameters).Distinct()]);
        }

        foreach ((string name, JsonItem at) in templates.Count == 0 ? []
            : conditionNames.Where(name => !templates.Any(template => template.Conditions.Contains(name.Key))))
        {
            problems.NoSuch(at, "condition", name, [.. templates.SelectMany(template => template.Conditions).Distinct()]);
        }
    }

    private void ReadParameters(JsonItem value)
    {
        foreach (JsonMember member in Members(value, Parameters, "names of parameters (or of resources and their attributes, as Bucket.Arn) and their values"))
        {
            names[member.Name] = member.NameElement;
            if (member.Value.Kind is JsonKind.String or JsonKind.Number)
            {
                known = known with { Values = known.Values.SetItem(member.Name, member.Value.Text) };
            }
            else
            {
                problems.Collected.WrongType(member.Value, $"the parameter \"{member.Name}\"", "a string or a number; a list is written \"one,two\"");
            }
        }
    }

    private void ReadConditions(JsonItem value)
    {
        foreach (JsonMember member in Members(value, Conditions, "names of conditions and whether each is met"))
        {
            conditionNames[member.Name] = member.NameElement;
            if (member.Value.Kind is JsonKind.True or JsonKind.False)
            {
                known = known with { Conditions = known.Conditions.SetItem(member.Name, member.Value.Kind == JsonKind.True) };
            }
            else
            {
                problems.Collected.WrongType(member.Value, $"the condition \"{member.Name}\"", "true or false");
            }
        }
    }

    private void ReadManagedPolicies(JsonItem value)
    {
        foreach (JsonMember member in Members(value, ManagedPolicies, "names or ARNs of managed policies and their policies"))
        {
            if (loader.Read(member.Value, $"the managed policy \"{member.Name}\"", problems.Collected) is { } document)
            {
                known = known with { Managed = known.Managed.SetItem(KnownDeployment.NameOfManaged(member.Name), document) };
            }
        }
    }

    private IReadOnlyList<JsonMember> Members(JsonItem value, string name, string expected)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.Collected.WrongType(value, name, $"an object of {expected}");
        }

        return [.. value.Properties()];
    }
}
