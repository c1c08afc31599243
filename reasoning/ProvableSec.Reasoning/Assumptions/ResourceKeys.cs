using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>The condition keys that follow from whose the resource is (IAM User Guide, "AWS global condition context keys", properties of the
/// resource).</summary>
internal sealed class ResourceKeys(RequestFormulas formulas, CallerTranslator callers, OwnershipTranslator ownership, Organization? organization)
{
    /// <summary>The key that says whose the resource is.</summary>
    public const string Account = "aws:resourceaccount";

    private const string OrgId = "aws:resourceorgid", OrgPaths = "aws:resourceorgpaths";

    // Beyond this many accounts the keys of the resource's organization stay open in a proof.
    private const int MostOrganizationAccounts = 64;

    private static readonly TextSet WithoutResourceAccount = ActionSets.Of([.. ResourceAccountActions.NotSent]);

    private static readonly TextSet CreateVolume = ActionSets.Of("ec2:CreateVolume");

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>Whether an action may be sent with aws:ResourceAccount or without, so that the key does not follow from whose the resource is.</summary>
    public static bool MayCarryResourceAccount(string action) => CreateVolume.Contains(action.ToLowerInvariant(), Policy.Reading.None);

    /// <summary>Whether the keys are sent with an action.</summary>
    public static bool AreSentWith(string action) => !WithoutResourceAccount.Contains(action.ToLowerInvariant(), Policy.Reading.None);

    /// <summary>Which of them are sent, and what they say of the accounts of an organization that is given.</summary>
    public IEnumerable<Formula> Facts()
    {
        if (!formulas.Speaks(Account) && !formulas.Speaks(OrgId) && !formulas.Speaks(OrgPaths))
        {
            yield break;
        }

        Formula unsent = formulas.Exists(formulas.Action, WithoutResourceAccount);
        if (formulas.Speaks(Account))
        {
            RequestVariable owner = formulas.Key(Account);
            yield return Implies(!unsent, formulas.Present(owner));

            // AWS's page lists CreateVolume among the actions without the key, and a policy of AWS's own compares it there.
            yield return Implies(graph.And(unsent, !formulas.Exists(formulas.Action, CreateVolume)),
                !formulas.Present(owner));
            yield return Implies(formulas.Present(owner), formulas.Exists(owner, ArnSets.Accounts));
        }

        foreach (string key in ((string[])[OrgId, OrgPaths]).Where(formulas.Speaks))
        {
            yield return Implies(formulas.Present(formulas.Key(key)), !unsent);
        }

        if (formulas.Speaks(OrgId) && formulas.Speaks(OrgPaths))
        {
            yield return Same(formulas.Present(formulas.Key(OrgId)), formulas.Present(formulas.Key(OrgPaths)));
        }

        foreach (Formula fact in OneOrganization())
        {
            yield return fact;
        }

        if (organization is null)
        {
            yield break;
        }

        if (organization is { Id: null, ManagementAccount: { } only })
        {
            foreach (string key in ((string[])[OrgId, OrgPaths]).Where(formulas.Speaks))
            {
                yield return Implies(graph.And(ownership.ResourceIn(only), !unsent), formulas.Present(formulas.Key(key)));
            }
        }

        if (organization is { ManagementAccount: { } management, Id: { } its } && !organization.Accounts.ContainsKey(management))
        {
            Formula managed = graph.And(ownership.ResourceIn(management), !unsent);
            yield return formulas.Speaks(OrgId) ? Implies(managed, formulas.Exists(formulas.Key(OrgId), TextSet.Of(its))) : Formula.True;
            yield return formulas.Speaks(OrgPaths)
                ? Implies(managed, formulas.Only(formulas.Key(OrgPaths), OrganizationPaths.Below(its)))
                : Formula.True;
        }

        if (organization is { Id: { } whole, Accounts.Count: > 0 and <= MostOrganizationAccounts })
        {
            // Its accounts are listed: what belongs to others is not the organization's.
            Formula isIts = graph.Or([.. organization.Accounts.Keys.Concat(organization.ManagementAccount is { } one ? [one] : []).Distinct()
                .OrderBy(a => a, StringComparer.Ordinal).Select(ownership.ResourceIn)]);
            yield return formulas.Speaks(OrgId) ? Implies(formulas.Exists(formulas.Key(OrgId), TextSet.Of(whole)), isIts) : Formula.True;
            yield return formulas.Speaks(OrgPaths) ? Implies(formulas.Exists(formulas.Key(OrgPaths), OrganizationPaths.Below(whole)), isIts)
                : Formula.True;
        }

        foreach (KeyValuePair<string, string> account in organization.Accounts.OrderBy(a => a.Key, StringComparer.Ordinal).Take(MostOrganizationAccounts))
        {
            if (formulas.Speaks(OrgId) && organization.Id is { } id)
            {
                yield return Implies(graph.And(ownership.ResourceIn(account.Key), !unsent),
                    formulas.Exists(formulas.Key(OrgId), TextSet.Of(id)));
            }

            if (formulas.Speaks(OrgPaths))
            {
                RequestVariable paths = formulas.Key(OrgPaths);
                yield return Implies(
                    graph.And(ownership.ResourceIn(account.Key), !unsent),
                    formulas.Only(paths, TextSet.Of(account.Value)));
            }
        }
    }

    /// <summary>A fact that a model violates, or null: paths are tied to their organization id by id.</summary>
    public Formula? Violated(RequestModel model) => OrganizationPaths.Violated(formulas, OrgId, OrgPaths, model);

    /// <summary>An account is in one organization, as a caller and as an owner.</summary>
    private IEnumerable<Formula> OneOrganization()
    {
        const string CallersOrgId = "aws:principalorgid";
        if (!formulas.Speaks(CallersOrgId) || !formulas.Speaks(OrgId))
        {
            yield break;
        }

        RequestVariable one = formulas.Key(CallersOrgId), other = formulas.Key(OrgId);
        Formula both = graph.And(callers.HasAccount, ownership.OwnAccount, !formulas.Exists(formulas.Action, WithoutResourceAccount));
        yield return Implies(both, Same(formulas.Present(one), formulas.Present(other)));
        foreach (ValueSet set in formulas.Atoms.Where(a => a.Kind == AtomKind.Exists && (a.Variable == one || a.Variable == other)).Select(a => a.Set!)
            .ToArray())
        {
            yield return Implies(both, Same(formulas.Exists(one, set), formulas.Exists(other, set)));
        }
    }

    private Formula Implies(Formula a, Formula b) => graph.Or(!a, b);

    private Formula Same(Formula a, Formula b) => graph.And(Implies(a, b), Implies(b, a));
}
