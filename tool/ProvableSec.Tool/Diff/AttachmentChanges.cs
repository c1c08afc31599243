using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Pairing;
using ProvableSec.Tool.Documents;

namespace ProvableSec.Tool.Diff;

/// <summary>Policies, boundaries and control policies that a template or plan attaches or detaches: access changes although no policy does.</summary>
/// <param name="lines">Says what a policy that comes or goes lets anybody do.</param>
internal sealed class AttachmentChanges(Func<DifferenceQuestion, AccessDifference> lines)
{
    /// <summary>The changes of one document.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="before">As it was; null for a new one.</param>
    /// <param name="after">As it becomes; null for one that is gone.</param>
    /// <param name="pairs">The pairs of policies, which show what is said already.</param>
    public IEnumerable<PolicyChange> Of(string path, ReadDocument? before, ReadDocument? after, IReadOnlyList<PolicyPair> pairs)
    {
        IReadOnlyList<PolicyAttachment> was = before?.Json is { } old ? PolicyAttachment.Of(old) : [],
            now = after?.Json is { } changed ? PolicyAttachment.Of(changed) : [];
        foreach (PolicyAttachment attached in now.Except(was))
        {
            if (Change(path, attached, isAdded: true, pairs) is { } change)
            {
                yield return change;
            }
        }

        foreach (PolicyAttachment detached in was.Except(now))
        {
            if (Change(path, detached, isAdded: false, pairs) is { } change)
            {
                yield return change;
            }
        }
    }

    private PolicyChange? Change(string path, PolicyAttachment attachment, bool isAdded, IReadOnlyList<PolicyPair> pairs)
    {
        bool limits = attachment.Kind is PolicyAttachmentKind.Boundary or PolicyAttachmentKind.Control;
        string kind = attachment.Kind switch
        {
            PolicyAttachmentKind.Boundary => "permissions boundary",
            PolicyAttachmentKind.Control => "control policy",
            PolicyAttachmentKind.Group => "group",
            _ => "policy",
        };
        PolicyChange change = new(isAdded ? PolicyChangeKind.Attached : PolicyChangeKind.Detached, path, $"{attachment.Holder}: {kind} {attachment.Name}", "");
        PolicyPair[] own = [.. pairs.Where(pair => attachment.Resource is { } resource
            && ((isAdded ? pair.After : pair.Before) is { } policy && policy.File == path
                && policy.Place.StartsWith($"Resources/{resource}/", StringComparison.Ordinal)))];
        if (own.Length > 0)
        {
            // What is new on both counts is said once, with the policy.
            if (!limits && own.All(pair => pair.Before is null || pair.After is null))
            {
                return null;
            }

            var access = new List<ChangedAccess>();
            string? unknown = null;
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (PlacedPolicy policy in own.Select(pair => (isAdded ? pair.After : pair.Before)!))
            {
                foreach (DeployedPolicy deployed in DeployedPolicy.Of(policy.Policy, policy.Json).Where(deployed => deployed.Text is not null))
                {
                    PolicyDocument document = PolicyReader.Read(new DocumentText(deployed.Text!, path));
                    if (document.HasErrors)
                    {
                        unknown ??= "AWS would refuse the policy";
                        continue;
                    }

                    AccessDifference difference = lines(new DifferenceQuestion
                    {
                        Before = isAdded ? null : document,
                        After = isAdded ? document : null,
                        Type = attachment.Kind == PolicyAttachmentKind.Boundary ? PolicyType.PermissionsBoundary : policy.Policy.Context.Type,
                        IsKnown = deployed.Names.Count == 0,
                    });
                    access.AddRange(difference.Added.Select(line => new ChangedAccess(line, true, deployed.Where))
                        .Concat(difference.Removed.Select(line => new ChangedAccess(line, false, deployed.Where))));
                    unknown ??= difference.Undecided;
                    foreach (KeyValuePair<string, string> name in deployed.Names)
                    {
                        names[name.Key] = name.Value;
                    }
                }
            }

            return change with { Access = access, Unknown = unknown, Names = names };
        }

        // A policy that is known by its name is found where it is attached.
        if (attachment.Kind == PolicyAttachmentKind.Managed && PolicyDocuments.OfManagedPolicy(attachment.Name) is not null)
        {
            return null;
        }

        return change with
        {
            Unknown = limits && isAdded ? null
                : $"the {kind} {attachment.Name} is not in the file, so what it {(limits ? "stopped" : isAdded ? "grants" : "granted or denied")} is not known",
            Remark = limits && isAdded ? "can only take access away" : "",
        };
    }
}
