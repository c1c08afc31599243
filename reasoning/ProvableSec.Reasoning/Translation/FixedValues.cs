using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// The values that a question fixes for keys that policy variables may name: those of its request's context, and those that follow from who asks, which a proof
/// then takes as linked (IAM User Guide, "IAM policy elements: Variables and tags", table of principal key values).
/// </summary>
internal sealed class FixedValues
{
    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal), linked = new(StringComparer.Ordinal);

    public FixedValues(Query query, QuestionCallers asking)
    {
        foreach (KeyValuePair<string, FieldPattern> field in query.Request.Context)
        {
            if (field.Value is { IsAbsent: false, Literals.Length: 1, Like.IsEmpty: true })
            {
                given[field.Key.ToLowerInvariant()] = field.Value.Literals[0];
            }
        }

        if (query.World == World.Free || query.Without.Contains(AssumptionName.LinkedKeys))
        {
            return;
        }

        if (asking.Account is { } account)
        {
            linked["aws:principalaccount"] = account;
        }

        if (asking.Principal is { Kind: PrincipalKind.User } user)
        {
            linked["aws:username"] = user.Path.Substring(user.Path.LastIndexOf('/') + 1);
            linked["aws:principalarn"] = user.Name;
        }
    }

    /// <summary>Whether a value was asked for that follows from who asks.</summary>
    public bool AreLinked { get; private set; }

    /// <summary>The value of a key, in lower case, or null.</summary>
    public string? Of(string key)
    {
        if (given.TryGetValue(key, out string? value))
        {
            return value;
        }

        bool follows = linked.TryGetValue(key, out value);
        AreLinked |= follows;
        return value;
    }
}
