using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>Reads the members of a page (IAM API Reference, GetAccountAuthorizationDetails).</summary>
internal sealed class DumpPageReader(DumpDocuments documents)
{
    private static readonly string[] PageMembers = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies", "IsTruncated", "Marker", "NextToken",
        "ResponseMetadata"];

    private static readonly string[] EntryMembers =
    [
        "Path", "Arn", "CreateDate", "Tags", "AttachedManagedPolicies", "PermissionsBoundary", "UserName", "UserId", "UserPolicyList", "GroupList", "GroupName",
            "GroupId",
        "GroupPolicyList", "RoleName", "RoleId", "AssumeRolePolicyDocument", "InstanceProfileList", "RolePolicyList", "RoleLastUsed",
    ];

    /// <summary>The users and roles of all pages.</summary>
    public List<DumpEntry> Principals { get; } = [];

    /// <summary>The groups by ARN.</summary>
    public Dictionary<string, DumpEntry> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>The managed policies by ARN.</summary>
    public Dictionary<string, DumpManagedPolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong outside users, groups, roles and policies.</summary>
    public CaseProblems Problems { get; } = new();

    /// <summary>Reads a page.</summary>
    /// <returns>Whether the page says that there is more.</returns>
    public bool Read(JsonItem page)
    {
        bool more = false;
        foreach (JsonMember member in page.Properties())
        {
            switch (member.Name)
            {
                case "UserDetailList":
                    Principals.AddRange(Entries(member.Value, "user/"));
                    break;
                case "RoleDetailList":
                    Principals.AddRange(Entries(member.Value, "role/"));
                    break;
                case "GroupDetailList":
                    foreach (DumpEntry group in Entries(member.Value, "group/"))
                    {
                        Groups[group.Arn.Text] = group;
                    }

                    break;
                case "Policies":
                    foreach (JsonItem policy in Objects(member.Value, "Policies"))
                    {
                        AddPolicy(policy);
                    }

                    break;
                case "IsTruncated":
                    more |= member.Value.Kind == JsonKind.True;
                    break;
                case "NextToken":
                    more |= member.Value.Kind != JsonKind.Null;
                    break;
                case "Marker" or "ResponseMetadata":
                    break;
                default:
                    Problems.Unknown(member, "an account dump", PageMembers);
                    break;
            }
        }

        return more;
    }

    private IEnumerable<JsonItem> Objects(JsonItem list, string name)
    {
        if (list.Kind != JsonKind.Array)
        {
            Problems.WrongType(list, name, "an array of objects");
        }

        foreach (JsonItem element in list.Elements())
        {
            if (element.Kind == JsonKind.Object)
            {
                yield return element;
            }
            else
            {
                Problems.WrongType(element, $"an element of {name}", "an object");
            }
        }
    }

    private IEnumerable<DumpEntry> Entries(JsonItem list, string kind)
    {
        foreach (JsonItem element in Objects(list, kind + "s"))
        {
            if (Entry(element, kind) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private DumpEntry? Entry(JsonItem element, string kind)
    {
        if (!element.TryGetProperty("Arn", out JsonItem arn) || arn.Kind != JsonKind.String)
        {
            Problems.Add(element, ProblemCode.MissingElement, "this element has no Arn, so that nobody can tell whose policies these are");
            return null;
        }

        var entry = new DumpEntry(new DumpReference(arn));
        if (kind != "group/")
        {
            entry.Caller = CallerPrincipal.TryParse(arn.Text, null, out string problem);
            if (entry.Caller is not { Kind: PrincipalKind.User or PrincipalKind.Role } caller || (caller.Kind == PrincipalKind.User) != (kind == "user/"))
            {
                Problems.Add(arn, ProblemCode.InvalidArn, problem.Length > 0 ? problem
                    : $"\"{CaseProblems.Shown(arn.Text)}\" is not the ARN of a {kind.TrimEnd('/')}");
                return null;
            }
        }

        foreach (JsonMember member in element.Properties())
        {
            ReadMember(entry, member);
        }

        return entry;
    }

    private void ReadMember(DumpEntry entry, JsonMember member)
    {
        JsonItem value = member.Value;
        switch (member.Name)
        {
            case "UserPolicyList" or "GroupPolicyList" or "RolePolicyList":
                foreach (JsonItem inline in List(entry, value, member.Name))
                {
                    if (!inline.TryGetProperty("PolicyDocument", out JsonItem document))
                    {
                        entry.Problems.Add(inline, ProblemCode.MissingElement, $"this element of {member.Name} has no PolicyDocument");
                    }
                    else if (documents.Read(document, "PolicyDocument", entry.Problems) is { } read)
                    {
                        entry.Inline.Add(read);
                    }
                }

                break;
            case "AttachedManagedPolicies":
                foreach (JsonItem attached in List(entry, value, member.Name))
                {
                    if (Member(entry, attached, "PolicyArn") is { } arn)
                    {
                        entry.Attached.Add(new DumpReference(arn));
                    }
                }

                break;
            case "GroupList":
                foreach (JsonItem group in List(entry, value, member.Name))
                {
                    if (entry.Problems.ExpectString(group, "a group") is not null)
                    {
                        entry.Groups.Add(new DumpReference(group));
                    }
                }

                break;
            case "PermissionsBoundary" when value.Kind != JsonKind.Null:
                entry.Boundary = Member(entry, value, "PermissionsBoundaryArn") is { } boundary ? new DumpReference(boundary) : null;
                break;
            case "AssumeRolePolicyDocument":
                entry.Trust = documents.Read(value, member.Name, entry.TrustProblems);
                break;
            case "Tags":
                foreach (JsonItem tag in List(entry, value, member.Name))
                {
                    if (Member(entry, tag, "Key") is { } key && Member(entry, tag, "Value") is { } text)
                    {
                        entry.Tags.Add(new(key.Text, text.Text));
                    }
                }

                break;
            default:
                if (Array.IndexOf(EntryMembers, member.Name) < 0)
                {
                    Unknown(entry, member);
                }

                break;
        }
    }

    /// <summary>What may hold policies under another name must not pass for nothing.</summary>
    private static void Unknown(DumpEntry entry, JsonMember member)
    {
        string name = member.Name;
        entry.Problems.Unknown(member, "a user, group or role", EntryMembers);
        if (!entry.Problems.HasErrors && (name.Contains("Polic") || name.Contains("Group") || name.Contains("Boundar")))
        {
            entry.Problems.Add(member.NameElement, ProblemCode.UnknownElement, $"\"{CaseProblems.Shown(name)}\" is not known, and may hold policies");
        }
    }

    private static JsonItem.ElementEnumerator List(DumpEntry entry, JsonItem value, string name)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.Null))
        {
            entry.Problems.WrongType(value, name, "an array");
        }

        return value.Elements();
    }

    private static JsonItem? Member(DumpEntry entry, JsonItem owner, string name)
    {
        if (owner.TryGetProperty(name, out JsonItem value) && value.Kind == JsonKind.String)
        {
            return value;
        }

        entry.Problems.Add(owner, ProblemCode.MissingElement, $"expected an object with the string {name}");
        return null;
    }

    private void AddPolicy(JsonItem policy)
    {
        if (!policy.TryGetProperty("Arn", out JsonItem arn) || arn.Kind != JsonKind.String)
        {
            Problems.Add(policy, ProblemCode.MissingElement, "this element of Policies has no Arn");
            return;
        }

        DumpManagedPolicy read = DumpManagedPolicy.Read(policy, documents);
        if (Policies.TryGetValue(arn.Text, out DumpManagedPolicy? known) && !ReferenceEquals(known.Document, read.Document))
        {
            // Dumps of several accounts each carry AWS's policies, and may be of different days.
            if (known.Document is null || read.Document is null || known.Document.Source.Text != read.Document.Source.Text)
            {
                read.Problems.Add(policy, ProblemCode.ConflictingElements, $"{CaseProblems.Shown(arn.Text)} is there twice, with different default versions");
            }
        }

        Policies[arn.Text] = read;
    }
}
