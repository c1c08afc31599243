using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Cases;

/// <summary>
/// Reads the members of a case that make up its stack. One reader serves one object: cases, queries, baselines and configured stacks
/// carry other members beside these, so their readers offer each member here and keep those that are refused.
/// </summary>
internal sealed class StackReader
{
    private static readonly string[] OrganizationMembers = ["id", "managementAccount", "accounts"];

    private readonly PolicyLoader loader;
    private readonly CaseProblems problems;

    /// <summary>Creates a reader for one object.</summary>
    /// <param name="loader">Reads policies.</param>
    /// <param name="problems">Takes the problems.</param>
    /// <param name="known">What is known already.</param>
    public StackReader(PolicyLoader loader, CaseProblems problems, PolicyStack? known = null)
    {
        this.loader = loader;
        this.problems = problems;
        Stack = known ?? PolicyStack.Empty;
    }

    /// <summary>The members a stack may have.</summary>
    public static ImmutableArray<string> MemberNames { get; } = ImmutableArray.Create<string>(
    [
        .. PolicyLayers.All.Select(layer => layer.Name), "organization", "account",
    ]);

    /// <summary>What has been read so far; of no use when problems with errors were reported.</summary>
    public PolicyStack Stack { get; private set; }

    /// <summary>Reads an object that is a stack and nothing else.</summary>
    /// <param name="value">The object.</param>
    /// <param name="where">What to call it in messages: <c>a stack</c>.</param>
    /// <param name="loader">Reads its policies.</param>
    /// <param name="problems">Takes the problems.</param>
    public static PolicyStack Read(JsonItem value, string where, PolicyLoader loader, CaseProblems problems)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, where, "an object");
            return PolicyStack.Empty;
        }

        var reader = new StackReader(loader, problems);
        foreach (JsonMember property in value.Properties())
        {
            if (!reader.TryReadMember(property))
            {
                problems.Unknown(property, where, MemberNames);
            }
        }

        return reader.Stack;
    }

    /// <summary>Reads a member.</summary>
    /// <returns>False, and nothing done, for a member that is not part of a stack.</returns>
    public bool TryReadMember(JsonMember property)
    {
        JsonItem value = property.Value;
        bool given = value.Kind != JsonKind.Null;
        if (PolicyLayers.Find(property.Name) is { } layer)
        {
            Stack = given ? layer.With(Stack, Documents(value, layer)) : layer.Without(Stack);
            return true;
        }

        switch (property.Name)
        {
            case "organization":
                Stack = Stack with { Organization = given ? Organization(value) : null };
                return true;
            case "account":
                Stack = Stack with { Account = given ? problems.ExpectAccount(value, "account") : null };
                return true;
            default:
                return false;
        }
    }

    /// <summary>The documents of a layer; null for a single one that cannot be read.</summary>
    private ImmutableArray<ImmutableArray<PolicyDocument>>? Documents(JsonItem value, PolicyLayerInfo layer) => layer.Shape switch
    {
        PolicyLayerShape.One => loader.Read(value, layer.Name, problems) is { } document ? ImmutableArray.Create(ImmutableArray.Create(document)) : null,
        PolicyLayerShape.List => ImmutableArray.Create(Policies(value, layer.Name)),
        _ => Levels(value, layer.Name),
    };

    private ImmutableArray<PolicyDocument> Policies(JsonItem value, string name)
    {
        if (value.Kind != JsonKind.Array)
        {
            problems.WrongType(value, name, "an array of policies");
            return ImmutableArray<PolicyDocument>.Empty;
        }

        var documents = ImmutableArray.CreateBuilder<PolicyDocument>(value.Count);
        foreach (JsonItem element in value.Elements())
        {
            if (loader.Read(element, name, problems) is { } document)
            {
                documents.Add(document);
            }
        }

        return documents.Count == documents.Capacity ? documents.MoveToImmutable() : documents.ToImmutable();
    }

    private ImmutableArray<ImmutableArray<PolicyDocument>> Levels(JsonItem value, string name)
    {
        const string Expected = "an array of levels from the root to the account, each an array of policies";
        if (value.Kind != JsonKind.Array)
        {
            problems.WrongType(value, name, Expected);
            return ImmutableArray<ImmutableArray<PolicyDocument>>.Empty;
        }

        var levels = ImmutableArray.CreateBuilder<ImmutableArray<PolicyDocument>>(value.Count);
        foreach (JsonItem level in value.Elements())
        {
            if (level.Kind == JsonKind.Array)
            {
                levels.Add(Policies(level, name));
            }
            else
            {
                problems.WrongType(level, $"a level of {name}", $"an array of policies ({name} is {Expected})");
            }
        }

        return levels.ToImmutable();
    }

    private Organization? Organization(JsonItem value)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, "organization", "an object with id, managementAccount and accounts");
            return null;
        }

        string? id = null, management = null;
        ImmutableDictionary<string, string> accounts = ImmutableDictionary<string, string>.Empty;
        foreach (JsonMember property in value.Properties())
        {
            if (property.NameIs("id"))
            {
                id = property.Value.Kind == JsonKind.Null ? null : problems.ExpectString(property.Value, "id");
            }
            else if (property.NameIs("managementAccount"))
            {
                management = property.Value.Kind == JsonKind.Null ? null : problems.ExpectAccount(property.Value, "managementAccount");
            }
            else if (property.NameIs("accounts"))
            {
                accounts = Accounts(property.Value);
            }
            else
            {
                problems.Unknown(property, "organization", OrganizationMembers);
            }
        }

        return new Organization(id, management, accounts);
    }

    private ImmutableDictionary<string, string> Accounts(JsonItem value)
    {
        if (value.Kind == JsonKind.Null)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, "accounts", "an object of account numbers and their paths");
            return ImmutableDictionary<string, string>.Empty;
        }

        ImmutableDictionary<string, string>.Builder accounts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (JsonMember account in value.Properties())
        {
            if (problems.ExpectAccount(account.NameElement, "the name of a member of accounts") is { } number
                && problems.ExpectString(account.Value, "the path of an account") is { } path)
            {
                accounts[number] = path;
            }
        }

        return accounts.ToImmutable();
    }
}
