using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// Formulas about whose a resource is, and in which partition it lies. Both compare two variables, the caller and the resource, so they are
/// Booleans of their own, tied to the two account by account and partition by partition.
/// </summary>
/// <param name="formulas">Where the formulas are made.</param>
/// <param name="callers">Who may ask.</param>
/// <param name="given">The resource's account, where the question gives it.</param>
internal sealed class OwnershipTranslator(RequestFormulas formulas, CallerTranslator callers, string? given)
{
    private const string ResourceAccount = "aws:resourceaccount", Crosses = "crosses-partition";

    private readonly FormulaBuilder graph = formulas.Graph;
    private readonly List<string> asked = [];
    private readonly HashSet<string> tiedAccounts = new(StringComparer.Ordinal), tiedPartitions = new(StringComparer.Ordinal);
    private bool crosses;

    /// <summary>Name of the Boolean that the resource belongs to the caller's account.</summary>
    public const string Own = "own-account";

    /// <summary>What the name of the Boolean that the resource belongs to an account begins with.</summary>
    public const string In = "resource-in:";

    /// <summary>The resource belongs to the caller's account.</summary>
    public Formula OwnAccount => given is { } account ? callers.InAccount(account) : formulas.Free(Own);

    /// <summary>The resource lies in another partition than the caller, which nothing can allow.</summary>
    public Formula CrossesPartition
    {
        get
        {
            crosses = true;
            return formulas.Free(Crosses);
        }
    }

    /// <summary>The resource belongs to this account.</summary>
    public Formula ResourceIn(string account)
    {
        if (given is not null)
        {
            return given == account ? Formula.True : Formula.False;
        }

        if (!asked.Contains(account))
        {
            asked.Add(account);
        }

        return formulas.Free(In + account);
    }

    /// <summary>
    /// Where caller and resource name a partition, whether they name the same one: true in every world.
    /// </summary>
    public IEnumerable<Formula> PartitionFacts(string partition)
    {
        if (!crosses || !tiedPartitions.Add(partition))
        {
            yield break;
        }

        Formula caller = callers.InPartition(partition), some = formulas.Exists(formulas.Resource, ArnSets.WithPartition),
            same = formulas.Exists(formulas.Resource, ArnSets.InPartition(partition));
        Formula differs = graph.And(some, !same);
        yield return graph.Or(!caller, !differs, CrossesPartition);
        yield return graph.Or(!caller, differs, !CrossesPartition);
        yield return graph.Or(!same, caller, !callers.HasAccount, CrossesPartition);
    }

    /// <summary>What follows, for one account, from the resource's ARN: an ARN with an account belongs to it, and a resource of * to the caller.</summary>
    public IEnumerable<Formula> AccountFacts(string account)
    {
        if (given is not null || !tiedAccounts.Add(account))
        {
            yield break;
        }

        Formula caller = callers.InAccount(account), mine = formulas.Exists(formulas.Resource, ArnSets.InAccounts(account)),
            some = formulas.Exists(formulas.Resource, ArnSets.WithAccount);
        yield return graph.Or(!graph.And(caller, mine), OwnAccount);
        yield return graph.Or(!graph.And(caller, some), mine, !OwnAccount);
        yield return graph.Or(!graph.And(mine, !caller), !OwnAccount);
        if (formulas.Speaks(ResourceAccount))
        {
            Formula keyed = formulas.Exists(formulas.Key(ResourceAccount), TextSet.Of(account));
            yield return graph.Or(!graph.And(caller, keyed), OwnAccount);
        }

        if (asked.Contains(account))
        {
            Formula of = ResourceIn(account), open = !some;
            yield return graph.Or(!some, graph.And(graph.Or(!mine, of), graph.Or(mine, !of)));
            yield return graph.Or(some, !callers.HasAccount, !OwnAccount,
                graph.And(graph.Or(!caller, of), graph.Or(caller, !of)));
            yield return graph.Or(!graph.And(open, caller, !OwnAccount), !of);
        }
    }

    /// <summary>Whether a model says of these two accounts what <see cref="AccountFacts"/> rules out.</summary>
    public bool Contradicts(RequestModel model, string? caller, string? resource) => given is null
        && ((caller is not null && resource is not null && (caller == resource ? model.IsFalse(Own) : model.IsTrue(Own)))
            || (caller is not null && model.IsFalse(Own) && formulas.Speaks(ResourceAccount) && model.ValueOf(formulas.Key(ResourceAccount)) == caller)
            || asked.Any(a => (resource ?? caller) is { } owner && (owner == a ? model.IsFalse(In + a) : model.IsTrue(In + a))));

    /// <summary>Whether a model says of these two partitions what <see cref="PartitionFacts"/> rules out, or <see cref="Facts"/> of an account that has
    /// both.</summary>
    /// <param name="model">The model.</param>
    /// <param name="caller">The caller's partition.</param>
    /// <param name="resource">The resource's.</param>
    /// <param name="sameAccount">Whether the resource's ARN names the caller's account.</param>
    public bool ContradictsPartitions(RequestModel model, string caller, string resource, bool sameAccount)
    {
        bool differ = resource.Length > 0 && resource != caller, inTwo = differ && (sameAccount || model.IsTrue(Own));
        crosses |= inTwo;
        return differ ? inTwo || model.IsFalse(Crosses) : model.IsTrue(Crosses);
    }

    /// <summary>What follows whatever the accounts: to be asked for once, and then for every account in question.</summary>
    public IEnumerable<Formula> Facts()
    {
        if (given is { Length: > 0 } owner)
        {
            yield return graph.Or(!formulas.Exists(formulas.Resource, ArnSets.WithAccount),
                formulas.Exists(formulas.Resource, ArnSets.InAccounts(owner)));
            yield return graph.Or(!formulas.Exists(formulas.Resource, TextSet.Of("*")), !callers.HasAccount,
                callers.InAccount(owner));
        }

        if (callers.HasAccount == Formula.False)
        {
            yield break;
        }

        Formula own = OwnAccount;
        if (given is null)
        {
            yield return graph.Or(!formulas.Exists(formulas.Resource, TextSet.Of("*")), own, !callers.HasAccount);
        }

        if (crosses)
        {
            // An account lies in one partition.
            yield return graph.Or(!own, !CrossesPartition);
        }
    }

    /// <summary>The accounts that some formula asks about.</summary>
    public IReadOnlyList<string> Asked => asked;

    /// <summary>That aws:ResourceAccount is in a set, told by whose the resource is.</summary>
    public IEnumerable<Formula> Tie(TextSet set)
    {
        Formula isIn = formulas.Exists(formulas.Key(ResourceAccount), set), present = formulas.Present(formulas.Key(ResourceAccount));
        if (given is not null)
        {
            yield return given.Length > 0 && set.Sensitivity == Policy.Reading.None
                ? graph.Or(!present, set.Contains(given, Policy.Reading.None) ? isIn : !isIn)
                : Formula.True;
            yield break;
        }

        Formula some = formulas.Exists(formulas.Resource, ArnSets.WithAccount), named = formulas.Exists(formulas.Resource, ArnSets.WithAccountIn(set));
        yield return graph.Or(!graph.And(present, some), Same(isIn, named));
        if (callers.HasAccount != Formula.False)
        {
            Formula owners = formulas.Exists(formulas.Caller, ArnSets.WithAccountIn(set));
            yield return graph.Or(!graph.And(present, !some, callers.HasAccount, OwnAccount), Same(isIn, owners));
        }
    }

    private Formula Same(Formula a, Formula b) => graph.And(graph.Or(!a, b), graph.Or(a, !b));
}
