using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Rules;
using ProvableSec.ServiceData;

namespace ProvableSec.Tool.Caching;

/// <summary>
/// What an answer depends on, as a hash: each part with its name and length, so that no two questions are written alike. The first part is which engine answers, by the
/// build's own ids of its assemblies: another build shares nothing.
/// </summary>
internal sealed class CacheKey
{
    /// <summary>Documents and organizations stand in thousands of questions, and are written once.</summary>
    private static readonly ConditionalWeakTable<object, string> Digests = [];

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins a key.</summary>
    /// <param name="kind">What kind of question it is.</param>
    public CacheKey(string kind) => Add("engine", EngineVersion).Add("kind", kind);

    /// <summary>Which engine answers: the module version ids of what has a part in an answer, and the service data.</summary>
    public static string EngineVersion { get; } = string.Join(' ',
        ((Type[])[typeof(PolicyDocument), typeof(ServiceCatalogue), typeof(Prover), typeof(Rule), typeof(CacheKey)]).Select(type => type.Module.ModuleVersionId.ToString("N"))
            .Append(ServiceCatalogue.Default.Date).Append(ServiceCatalogue.Default.Source));

    /// <summary>Adds a part.</summary>
    public CacheKey Add(string name, string? value)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(value is null ? $"{name} -\n" : string.Create(CultureInfo.InvariantCulture, $"{name} {value.Length} {value}\n")));
        return this;
    }

    /// <summary>Adds a list.</summary>
    public CacheKey Add(string name, IEnumerable<string> values)
    {
        string[] all = [.. values];
        Add(name, all.Length.ToString(CultureInfo.InvariantCulture));
        foreach (string value in all)
        {
            Add(name, value);
        }

        return this;
    }

    /// <summary>Adds a policy: what it says, what is wrong with it, and what answers call it.</summary>
    public CacheKey Add(string name, PolicyDocument? document) => Add(name, document is null ? null : Digests.GetValue(document, key =>
    {
        var policy = (PolicyDocument)key;
        return new CacheKey("policy").Add("name", policy.Source.Name).Add("text", PolicyWriter.Write(policy))
            .Add("places", policy.Statements.Select(statement => statement.Index.ToString(CultureInfo.InvariantCulture)))
            .Add("problems", policy.Problems.Select(problem => $"{problem.Code} {problem.Message}")).ToString();
    }));

    /// <summary>Adds an organization.</summary>
    public CacheKey Add(string name, Organization? organization) => Add(name, organization is null ? null : Digests.GetValue(organization, key =>
    {
        var known = (Organization)key;
        return new CacheKey("organization").Add("id", known.Id).Add("management", known.ManagementAccount)
            .Add("accounts", known.Accounts.OrderBy(account => account.Key, StringComparer.Ordinal).SelectMany(account => (string[])[account.Key, account.Value])).ToString();
    }));

    /// <summary>The key; nothing can be added any more.</summary>
    public override string ToString() => Convert.ToHexStringLower(hash.GetHashAndReset());
}
