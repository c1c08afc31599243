using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Proving;

/// <summary>A caller's account, or null to leave it open, its partition or nothing, and values for the keys that policy variables name (null for absent); plain
/// where the resource's name holds no colon.</summary>
internal sealed record Instance(string? Account, string Partition, IReadOnlyDictionary<string, string?> Variables, bool IsPlain = false);

/// <summary>Plausible instances of what a proof leaves open: accounts, partitions and values that the question's own documents name.</summary>
internal sealed class Instances(Query query, QuestionDocuments documents, QuestionCallers asking)
{
    /// <summary>The instances to try, the likeliest first.</summary>
    /// <param name="keys">The keys that policy variables name.</param>
    /// <param name="arns">Those of them whose values have to be ARNs.</param>
    public IEnumerable<Instance> For(IReadOnlyList<string> keys, ICollection<string> arns)
    {
        if (keys.Count == 0)
        {
            if (documents.Statements.Any(s => s.Resource?.Patterns.Any(p => p.Text.StartsWith("arn:*:", StringComparison.Ordinal)) == true))
            {
                // A star for the partition reaches over colons: a resource in another partition shows more than a name with colons in it.
                yield return new Instance(null, "aws", new Dictionary<string, string?>(), IsPlain: true);
                yield return new Instance(null, "", new Dictionary<string, string?>(), IsPlain: true);
            }

            // Who asks may follow from the question alone; the partition that everybody knows is the plainest.
            yield return new Instance(null, "aws", new Dictionary<string, string?>());
            yield return new Instance(null, "", new Dictionary<string, string?>());
        }

        foreach (string candidate in Accounts())
        {
            foreach (string partition in Partitions())
            {
                if (keys.Count == 0)
                {
                    yield return new Instance(candidate, partition, new Dictionary<string, string?>());
                    continue;
                }

                yield return new Instance(candidate, partition, keys.ToDictionary(k => k, k => (string?)ValueFor(k, candidate, partition, arns)));
                yield return new Instance(candidate, partition, keys.ToDictionary(k => k, _ => (string?)null));
            }
        }
    }

    /// <summary>An instance with given values.</summary>
    public Instance With(IReadOnlyDictionary<string, string?> variables) => new(Accounts().First(), Partitions().First(), variables);

    /// <summary>A value for a key that policy variables name: one that some condition asks for, or a plausible one.</summary>
    private string ValueFor(string key, string caller, string partition, ICollection<string> arns)
    {
        if (key is "aws:principalaccount" or "aws:resourceaccount")
        {
            return caller;
        }

        if (key == "aws:username" && asking.Principal is { Kind: PrincipalKind.User } user)
        {
            return user.UserName;
        }

        if (query.Restriction?.Conditions.FirstOrDefault(c => c.FoldedKey == key && c.Operator.Comparison == ConditionComparison.StringEquals) is { } asked)
        {
            return asked.Values[0].Text;
        }

        foreach (Condition condition in documents.Conditions)
        {
            if (condition.FoldedKey == key && !condition.Operator.IsNegated && condition.Values.Length > 0 && condition.Values[0].IsPlain
                && condition.Values[0].Text.IndexOfAny(['*', '?']) < 0)
            {
                return condition.Values[0].Text;
            }
        }

        return key switch
        {
            "aws:requestedregion" => "eu-west-1",
            "aws:userid" => "AIDAEXAMPLE",
            RequestFormulas.OwnApi => "a1b2c3d4e5",
            _ when arns.Contains(key) || ServiceData.ServiceCatalogue.Default.FindKeyType(key)?.Type == ServiceData.ConditionKeyType.Arn =>
                $"arn:{partition}:ec2:eu-west-1:{caller}:instance/i-0123456789abcdef0",
            _ => "someone",
        };
    }

    private IEnumerable<string> Accounts()
    {
        if (asking.Account is { } account)
        {
            yield return account;
            yield break;
        }

        foreach (string management in ManagementAccounts().Distinct())
        {
            yield return management;
        }

        var named = new List<string>();
        foreach (string text in query.Restriction?.Texts ?? [])
        {
            if ((ArnFields.AccountOf(text) ?? CallerPrincipal.TryParse(text, null, out _)?.Account) is { Length: > 0 } found && !named.Contains(found))
            {
                named.Add(found);
            }
        }

        foreach (Statement statement in documents.Statements)
        {
            IEnumerable<PolicyPattern> patterns = statement.Resource?.Patterns ?? ImmutableArray<PolicyPattern>.Empty;
            foreach (PolicyPattern pattern in patterns.Concat(statement.Conditions.SelectMany(c => c.Values)))
            {
                if (ArnFields.AccountOf(pattern.Text) is { } found && !named.Contains(found))
                {
                    named.Add(found);
                }
            }
        }

        foreach (string found in named.Take(3))
        {
            yield return found;
        }

        yield return named.Contains("111122223333") ? "444455556666" : "111122223333";
    }

    private IEnumerable<string> Partitions()
    {
        if (asking.Partition is { Length: > 0 } known)
        {
            return [known];
        }

        var partitions = new List<string> { "aws" };
        foreach (string other in (string[])["aws-cn", "aws-us-gov"])
        {
            if (documents.All.Any(d => d.Source.Text.Contains($"arn:{other}:")) || (query.Restriction?.Texts ?? []).Any(t => t.Contains($"arn:{other}:")))
            {
                partitions.Add(other);
            }
        }

        return partitions;
    }

    /// <summary>The management accounts of the organizations in question.</summary>
    public IEnumerable<string> ManagementAccounts() => ((Subject?[])[query.Subject, query.Baseline])
        .Select(s => s?.Stack?.Organization?.ManagementAccount).OfType<string>();
}
