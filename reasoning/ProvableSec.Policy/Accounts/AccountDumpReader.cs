using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>
/// Reads the JSON of <c>aws iam get-account-authorization-details</c>: one file or several, whole or in pages, of one account or many.
/// What cannot be read makes undecided whom it concerns, and nobody else; nobody's policies become silently fewer.
/// </summary>
public sealed class AccountDumpReader
{
    private readonly DumpPageReader pages = new(new DumpDocuments());
    private readonly List<PolicyProblem> problems = [];
    private bool isComplete = true;

    // Pages that say that there is more want a last page that says that there is not; a page is told whose it is by its ARNs.
    private readonly SortedDictionary<string, string> open = new(StringComparer.Ordinal);
    private readonly HashSet<string> closed = new(StringComparer.Ordinal);

    /// <summary>Reads texts as one dump. Never throws on any text.</summary>
    public static AccountDump Read(IEnumerable<DocumentText> sources)
    {
        var reader = new AccountDumpReader();
        foreach (DocumentText source in sources)
        {
            reader.Add(source);
        }

        return reader.Finish();
    }

    /// <summary>Reads another file of the dump.</summary>
    public void Add(DocumentText source)
    {
        foreach (JsonItem page in DumpPages.Of(source))
        {
            ImmutableArray<PolicyProblem> broken = page.Document.Problems;
            problems.AddRange(broken);
            if (broken.Any(p => p.IsError && p.Code is not (ProblemCode.DuplicateKey or ProblemCode.Comment)))
            {
                // After a mistake of the JSON what follows would be guesses; a repeated key or a comment leaves the rest readable.
                isComplete = false;
                continue;
            }

            if (page.Kind != JsonKind.Object)
            {
                isComplete = false;
                problems.Add(page.Problem(ProblemCode.WrongType,
                    $"a page of an account dump must be an object with UserDetailList, GroupDetailList, RoleDetailList or Policies; this is "
                        + $"{page.KindInWords}"));
                continue;
            }

            int from = pages.Principals.Count;
            bool more = pages.Read(page);
            string account = pages.Principals.Skip(from).FirstOrDefault()?.Caller!.Account ?? source.Name;
            if (more)
            {
                open[account] = $"{source.Name}: this dump says that there is more (IsTruncated), and the last page of it is not there";
            }
            else
            {
                closed.Add(account);
            }
        }
    }

    /// <summary>What has been read.</summary>
    public AccountDump Finish()
    {
        problems.AddRange(pages.Problems.ToImmutable());
        var principals = ImmutableArray.CreateBuilder<AccountPrincipal>(pages.Principals.Count);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (DumpEntry entry in pages.Principals)
        {
            AccountPrincipal principal = Resolve(entry);
            if (!seen.TryGetValue(entry.Arn.Text, out int before))
            {
                seen.Add(entry.Arn.Text, principals.Count);
                principals.Add(principal);
            }
            else if (!Same(principals[before], principal))
            {
                PolicyProblem twice = entry.Arn.Problem(ProblemCode.ConflictingElements,
                    $"{CaseProblems.Shown(entry.Arn.Text)} is there twice, and differently");
                problems.Add(twice);
                principals[before] = principals[before] with { Undecided = twice.ToString() };
            }
        }

        foreach (PolicyProblem problem in pages.Groups.Values.SelectMany(g => g.Problems.ToImmutable())
            .Concat(pages.Policies.Values.SelectMany(p => p.Problems.ToImmutable())))
        {
            problems.Add(problem);
        }

        return new AccountDump(
            principals.ToImmutable(),
            problems.ToImmutableArray(),
            open.Where(o => !closed.Contains(o.Key)).Select(o => o.Value).ToImmutableArray(),
            isComplete && !pages.Problems.HasErrors);
    }

    private AccountPrincipal Resolve(DumpEntry entry)
    {
        var documents = new List<PolicyDocument>(entry.Inline);
        var reasons = new List<string?>();
        Attach(entry, entry, documents, reasons);
        foreach (DumpReference name in entry.Groups)
        {
            DumpEntry? group = pages.Groups.Values.FirstOrDefault(g => g.Arn.Text.Contains($":{entry.Caller!.Account}:")
                && g.Arn.Text.EndsWith("/" + name.Text, StringComparison.Ordinal));
            if (group is null)
            {
                entry.Problems.Add(name.Problem(ProblemCode.MissingElement,
                    $"the group {CaseProblems.Shown(name.Text)} is not in the dump, so that what it grants is not known"));
                continue;
            }

            documents.AddRange(group.Inline);
            reasons.Add(FirstError(group.Problems));
            Attach(entry, group, documents, reasons);
        }

        PolicyDocument? boundary = null;
        if (entry.Boundary is { } arn)
        {
            boundary = Managed(entry, arn, reasons);
        }

        problems.AddRange(entry.Problems.ToImmutable());
        problems.AddRange(entry.TrustProblems.ToImmutable());
        return new AccountPrincipal
        {
            Caller = entry.Caller!,
            IdentityPolicies = documents.Distinct().ToImmutableArray(),
            PermissionsBoundary = boundary,
            TrustPolicy = entry.Trust,
            Tags = entry.Tags.ToImmutableArray(),
            Undecided = FirstError(entry.Problems) ?? reasons.FirstOrDefault(r => r is not null),
            TrustUndecided = entry.Caller!.Kind != PrincipalKind.Role || entry.Trust is not null ? null
                : FirstError(entry.TrustProblems) ?? entry.Arn.Problem(ProblemCode.MissingElement, "this role has no AssumeRolePolicyDocument").ToString(),
        };
    }

    private void Attach(DumpEntry entry, DumpEntry owner, List<PolicyDocument> documents, List<string?> reasons)
    {
        foreach (DumpReference arn in owner.Attached)
        {
            if (Managed(entry, arn, reasons) is { } document)
            {
                documents.Add(document);
            }
        }
    }

    private PolicyDocument? Managed(DumpEntry entry, DumpReference arn, List<string?> reasons)
    {
        if (!pages.Policies.TryGetValue(arn.Text, out DumpManagedPolicy? policy))
        {
            entry.Problems.Add(arn.Problem(ProblemCode.MissingElement,
                $"the managed policy {CaseProblems.Shown(arn.Text)} is not in the dump's Policies, so that what it says is not known"));
            return null;
        }

        reasons.Add(FirstError(policy.Problems));
        return policy.Document;
    }

    private static bool Same(AccountPrincipal one, AccountPrincipal other) =>
        one.Undecided == other.Undecided && one.TrustUndecided == other.TrustUndecided
        && one.IdentityPolicies.Select(TextOf).SequenceEqual(other.IdentityPolicies.Select(TextOf))
        && TextOf(one.PermissionsBoundary) == TextOf(other.PermissionsBoundary) && TextOf(one.TrustPolicy) == TextOf(other.TrustPolicy)
        && one.Tags.SequenceEqual(other.Tags);

    private static string? TextOf(PolicyDocument? document) => document?.Source.Text;

    private static string? FirstError(CaseProblems problems) => problems.HasErrors ? problems.ToImmutable().First(p => p.IsError).ToString() : null;
}
