using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// The assumptions about which requests AWS can send, each a list of facts about the keys that a question speaks of.
/// Sources: IAM User Guide, "AWS global condition context keys" and "IAM policy elements: Variables and tags" (table of principal values).
/// </summary>
internal sealed class WorldModel(RequestFormulas formulas, CallerKinds kinds, string? account, Organization? organization, bool serviceLinked)
{
    /// <summary>Name of the assumption about keys that follow from other parts of the request.</summary>
    public const string LinkedKeys = "linked-keys";

    /// <summary>Name of the assumption about how values look.</summary>
    public const string Shapes = "shapes";

    /// <summary>Name of the assumption about what the service data list.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>All assumptions, in the order of their guards.</summary>
    public static IReadOnlyList<Assumption> All { get; } =
    [
        new(
            LinkedKeys,
            "Keys that follow from the caller, the resource or the organisation are never free: aws:PrincipalArn is the caller's, with a name that is not empty, and is no service-linked role's; aws:PrincipalAccount, aws:PrincipalType, aws:username and aws:PrincipalIsAWSService follow from it; an ARN with an account belongs to that account, and an account to one partition; aws:ResourceAccount is sent but with the listed actions; a tag in aws:RequestTag is in aws:TagKeys; aws:SecureTransport, aws:CurrentTime, aws:EpochTime, aws:RequestedRegion, aws:UserAgent and aws:ViaAWSService are always sent; the keys that services send about themselves are absent from others' requests.",
            "IAM User Guide, \"AWS global condition context keys\"; \"IAM policy elements: Variables and tags\", table of principal key values"),
        new(
            Shapes,
            "An action is service:Name; a resource is * or an ARN of six fields whose account is empty, twelve digits or \"aws\"; the values of keys that AWS types as number, date, address or Boolean parse as such.",
            "IAM User Guide, \"IAM identifiers\"; AWS General Reference, \"Amazon Resource Names (ARNs)\"; the condition key types of the Service Authorization Reference"),
        new(
            Catalogue,
            "An action that the service data know acts on a resource of one of the types they list for it, or on * if they list none, and carries of its own service's keys and of tag keys only those listed. Actions that the data do not know are possible, with any resource and any key.",
            "Service Authorization Reference, as of the date that provablesec --version prints"),
    ];

    private const string PrincipalArn = "aws:principalarn", UserName = "aws:username", ResourceAccount = "aws:resourceaccount";

    // IAM User Guide, "Global condition context keys", note on aws:ResourceAccount: the actions with which it is not sent.
    private static readonly string[] WithoutResourceAccount =
    [
        "auditmanager:UpdateAssessmentFrameworkShare", "detective:AcceptInvitation", "ds:AcceptSharedDirectory", "ebs:*", "ec2:AcceptTransitGatewayPeeringAttachment",
        "ec2:AcceptVpcEndpointConnections", "ec2:AcceptVpcPeeringConnection", "ec2:CopyImage", "ec2:CopySnapshot", "ec2:CreateTransitGatewayPeeringAttachment",
        "ec2:CreateVolume", "ec2:CreateVpcEndpoint", "ec2:CreateVpcPeeringConnection", "ec2:DeleteTransitGatewayPeeringAttachment", "ec2:DeleteVpcPeeringConnection",
        "ec2:RejectTransitGatewayPeeringAttachment", "ec2:RejectVpcEndpointConnections", "ec2:RejectVpcPeeringConnection", "events:PutEvents",
        "guardduty:AcceptAdministratorInvitation", "macie2:AcceptInvitation", "es:AcceptInboundConnection", "route53:AssociateVpcWithHostedZone",
        "route53:CreateVPCAssociationAuthorization", "route53:DeleteVPCAssociationAuthorization", "route53:DisassociateVPCFromHostedZone",
        "route53:ListHostedZonesByVPC", "securityhub:AcceptAdministratorInvitation",
    ];

    private static readonly string[] AlwaysSent = ["aws:securetransport", "aws:currenttime", "aws:epochtime", "aws:requestedregion", "aws:useragent", "aws:viaawsservice"];

    private static readonly string[] FromServicesOnly = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths", "aws:principalservicename", "aws:principalservicenameslist"];

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>The facts of <see cref="LinkedKeys"/> for the keys met so far.</summary>
    public List<int> LinkedFacts(IReadOnlyDictionary<PrincipalEntry, int> principals)
    {
        var facts = new List<int>();
        foreach (string key in AlwaysSent)
        {
            if (formulas.Speaks(key))
            {
                facts.Add(formulas.Present(formulas.Key(key)));
            }
        }

        if (formulas.Speaks("aws:tagkeys"))
        {
            RequestVariable tagKeys = formulas.Key("aws:tagkeys");
            foreach (RequestVariable variable in formulas.Variables.ToArray())
            {
                if (variable.Name.StartsWith("aws:requesttag/", StringComparison.Ordinal))
                {
                    string tag = variable.Name.Substring("aws:requesttag/".Length);
                    facts.Add(Implies(formulas.Present(variable), formulas.Exists(tagKeys, PatternCompiler.Compile([PolicyPattern.Plain(tag)], MatchMode.EqualsIgnoreCase))));
                }
            }
        }

        if (kinds == CallerKinds.Anyone)
        {
            return facts;
        }

        RequestVariable arn = formulas.Key(PrincipalArn);
        int user = formulas.Exists(arn, StackTranslator.ArnFields("*", "iam", "", "*", "user/?*"));
        int role = formulas.Exists(arn, StackTranslator.ArnFields("*", "iam", "", "*", "role/?*"));
        int root = formulas.Exists(arn, StackTranslator.ArnFields("*", "iam", "", "*", "root"));
        int federated = formulas.Exists(arn, StackTranslator.ArnFields("*", "sts", "", "*", "federated-user/?*"));
        var possible = new List<int>();
        foreach ((CallerKinds kind, int literal) in ((CallerKinds, int)[])[(CallerKinds.User, user), (CallerKinds.Role, role), (CallerKinds.Root, root), (CallerKinds.FederatedUser, federated)])
        {
            if ((kinds & kind) != 0)
            {
                possible.Add(literal);
            }
        }

        facts.Add(graph.Or(possible));

        // The name stands behind the path's last slash, and nobody's name is empty.
        facts.Add(FormulaBuilder.Not(formulas.Exists(arn, new TextSet(new PatternSet([new CharPattern.Builder().Add(PlaceKind.Star).Exact("/").Build()])))));
        if (!serviceLinked)
        {
            facts.Add(FormulaBuilder.Not(formulas.Exists(arn, StackTranslator.ArnFields("*", "iam", "", "*", "role/aws-service-role/*"))));
        }

        facts.Add(formulas.Exists(arn, AccountArns(account)));
        foreach (string key in FromServicesOnly)
        {
            if (formulas.Speaks(key))
            {
                facts.Add(FormulaBuilder.Not(formulas.Present(formulas.Key(key))));
            }
        }

        foreach (string key in (string[])["aws:principalaccount", "aws:principaltype", "aws:userid", "aws:principalisawsservice"])
        {
            if (formulas.Speaks(key))
            {
                facts.Add(formulas.Present(formulas.Key(key)));
            }
        }

        if (formulas.Speaks(UserName))
        {
            facts.Add(Same(formulas.Present(formulas.Key(UserName)), user));
        }

        if (formulas.Speaks(ResourceAccount))
        {
            // Callers of these kinds have an account, and what names no other belongs to theirs: there always is one.
            RequestVariable owner = formulas.Key(ResourceAccount);
            int unsent = formulas.Exists(formulas.Action, PatternCompiler.Compile([.. WithoutResourceAccount.Select(a => PolicyPattern.Plain(a))], MatchMode.Action));
            facts.Add(Same(formulas.Present(owner), FormulaBuilder.Not(unsent)));
            facts.Add(Implies(formulas.Present(owner), formulas.Exists(owner, TwelveDigits())));
        }

        if (formulas.Speaks("aws:principaltype"))
        {
            RequestVariable type = formulas.Key("aws:principaltype");
            foreach ((int literal, string name) in ((int, string)[])[(user, "User"), (role, "AssumedRole"), (root, "Account"), (federated, "FederatedUser")])
            {
                facts.Add(Implies(literal, formulas.Exists(type, TextSet.Of(name))));
            }
        }

        if (formulas.Speaks("aws:principalisawsservice"))
        {
            RequestVariable service = formulas.Key("aws:principalisawsservice");
            facts.Add(formulas.Exists(service, TextSet.Of("false")));
        }

        if (formulas.Speaks("aws:principalaccount"))
        {
            facts.Add(formulas.Exists(formulas.Key("aws:principalaccount"), account is null ? TwelveDigits() : TextSet.Of(account)));
        }

        if (account is not null && organization is { Id: { } id } && organization.Accounts.TryGetValue(account, out string? path))
        {
            if (formulas.Speaks("aws:principalorgid"))
            {
                facts.Add(formulas.Exists(formulas.Key("aws:principalorgid"), TextSet.Of(id)));
            }

            if (formulas.Speaks("aws:principalorgpaths"))
            {
                facts.Add(formulas.Exists(formulas.Key("aws:principalorgpaths"), TextSet.Of(path)));
                facts.Add(FormulaBuilder.Not(formulas.Misses(formulas.Key("aws:principalorgpaths"), TextSet.Of(path))));
            }
        }

        if (organization?.ManagementAccount is { } management)
        {
            facts.Add(Same(formulas.Free("management-account"), formulas.Exists(arn, AccountArns(management))));
        }

        foreach (KeyValuePair<PrincipalEntry, int> principal in principals)
        {
            if (PrincipalArns(principal.Key) is { } set)
            {
                facts.Add(Same(principal.Value, formulas.Exists(arn, set)));
            }
        }

        return facts;
    }

    /// <summary>The facts of <see cref="Shapes"/> for the keys met so far.</summary>
    public List<int> ShapeFacts()
    {
        var facts = new List<int>
        {
            formulas.Exists(formulas.Action, new TextSet(new PatternSet([Filled(2)]))),
            formulas.Exists(formulas.Resource, new TextSet(new PatternSet([CharPattern.Of("*"), Arn(b => b), Arn(b => b.Exact("aws")), Arn(Digits)]))),
        };
        foreach (RequestVariable variable in formulas.Variables.ToArray())
        {
            ValueKind? kind = variable.IsAlwaysPresent ? null : ServiceCatalogue.Default.FindKeyType(variable.Name)?.Type switch
            {
                ConditionKeyType.Numeric => ValueKind.Number,
                ConditionKeyType.Date => ValueKind.Date,
                ConditionKeyType.IpAddress => ValueKind.Address,
                ConditionKeyType.Bool => ValueKind.Truth,
                _ => null,
            };
            if (kind is { } known)
            {
                facts.Add(FormulaBuilder.Not(formulas.Exists(variable, new UnparsableSet(known))));
            }
        }

        return facts;
    }

    /// <summary>
    /// A fact of <see cref="LinkedKeys"/> that a model violates, or null: those that tie two keys value by value are asserted as they are needed.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="givenOwner">The account that the question gives the resource; null to take it from the ARN.</param>
    public int? ViolatedLinkedFact(RequestModel model, string? givenOwner)
    {
        if (formulas.Speaks(ResourceAccount) && kinds != CallerKinds.Anyone && model.ValueOf(formulas.Key(ResourceAccount)) is { } owner)
        {
            RequestVariable key = formulas.Key(ResourceAccount);
            if (givenOwner is not null)
            {
                if (owner != givenOwner)
                {
                    return Implies(formulas.Present(key), formulas.Exists(key, TextSet.Of(givenOwner)));
                }
            }
            else if (Witnesses.WitnessBuilder.AccountOf(model.ValueOf(formulas.Resource)!) is { } named && named != owner)
            {
                int ofNamed = formulas.Exists(formulas.Resource, StackTranslator.ArnFields("*", "*", "*", named, "*", "*"));
                return Implies(graph.And(ofNamed, formulas.Present(key)), formulas.Exists(key, TextSet.Of(named)));
            }
        }

        if (formulas.Speaks(UserName) && kinds != CallerKinds.Anyone && model.ValueOf(formulas.Key(UserName)) is { } name && model.ValueOf(formulas.Key(PrincipalArn)) is { } arn)
        {
            string last = arn.Substring(arn.LastIndexOf('/') + 1);
            if (last != name)
            {
                return graph.And(NameOfUser(name), NameOfUser(last));
            }
        }

        return null;
    }

    /// <summary>A user's name is what follows the last slash of its ARN.</summary>
    private int NameOfUser(string name)
    {
        CharPattern.Builder Users() => new CharPattern.Builder().Exact("arn:").Add(PlaceKind.StarInField).Exact(":iam::").Add(PlaceKind.StarInField).Exact(":user/");
        int named = formulas.Exists(formulas.Key(UserName), TextSet.Of(name));
        if (name.Length == 0 || name.IndexOf('/') >= 0)
        {
            return FormulaBuilder.Not(named);
        }

        int arn = formulas.Exists(formulas.Key(PrincipalArn), new TextSet(new PatternSet([Users().Exact(name).Build(), Users().Add(PlaceKind.Star).Exact("/" + name).Build()])));
        return Same(named, arn);
    }

    /// <summary>
    /// A fact of <see cref="Catalogue"/> that a model violates, or null. The facts are too many to assert before they are needed.
    /// </summary>
    /// <param name="action">The model's action.</param>
    /// <param name="resource">The model's resource.</param>
    /// <param name="present">The keys that have a value in the model.</param>
    public int? ViolatedCatalogueFact(string action, string resource, IEnumerable<RequestVariable> present)
    {
        if (!ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known))
        {
            return null;
        }

        int isThisAction = formulas.Exists(formulas.Action, TextSet.Of(action.ToLowerInvariant()));
        TextSet resources = ResourcesOf(known);
        if (!resources.Contains(resource, Policy.Reading.None))
        {
            return Implies(isThisAction, formulas.Exists(formulas.Resource, resources));
        }

        foreach (RequestVariable variable in present)
        {
            if (!variable.IsAlwaysPresent && !MayCarry(known, variable.Name))
            {
                return Implies(isThisAction, FormulaBuilder.Not(formulas.Present(variable)));
            }
        }

        return null;
    }

    /// <summary>Whether a request lies in the catalogue, as far as it knows the action.</summary>
    public static bool IsInCatalogue(AccessRequest request) => !ServiceCatalogue.Default.TryGetAction(request.Action, out ServiceAction? known)
        || (ResourcesOf(known).Contains(request.Resource, Policy.Reading.None) && request.Context.All(e => e.Values.IsDefaultOrEmpty || MayCarry(known, e.FoldedKey)));

    /// <summary>Whether an action can carry a key: known for the keys of its own service and for tags.</summary>
    private static bool MayCarry(ServiceAction action, string key)
    {
        int colon = key.IndexOf(':');
        string prefix = colon > 0 ? key.Substring(0, colon) : "";
        bool tag = key is "aws:tagkeys" || key.StartsWith("aws:requesttag/", StringComparison.Ordinal) || key.StartsWith("aws:resourcetag/", StringComparison.Ordinal);
        if (prefix != action.ServicePrefix.ToLowerInvariant() && !tag)
        {
            return true;
        }

        foreach (ConditionKeyInfo carried in action.ConditionKeys)
        {
            if (carried.Matches(key))
            {
                return true;
            }
        }

        foreach (ResourceTypeReference reference in action.ResourceTypes)
        {
            foreach (ConditionKeyInfo carried in reference.ConditionKeys)
            {
                if (carried.Matches(key))
                {
                    return true;
                }
            }

            foreach (ConditionKeyInfo carried in reference.ResourceType.ConditionKeys)
            {
                if (carried.Matches(key))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static TextSet ResourcesOf(ServiceAction action)
    {
        var patterns = new List<CharPattern>();
        foreach (ResourceTypeReference reference in action.ResourceTypes)
        {
            foreach (string format in reference.ResourceType.ArnFormats)
            {
                patterns.Add(OfFormat(format));
            }
        }

        // Required or not, an action with resource types names one of them (docs/semantics.md, linked keys).
        if (patterns.Count == 0)
        {
            patterns.Add(CharPattern.Of("*"));
        }

        return new TextSet(new PatternSet(patterns));
    }

    /// <summary>An ARN format of the service data, its <c>${…}</c> read as "something".</summary>
    private static CharPattern OfFormat(string format)
    {
        var builder = new CharPattern.Builder();
        int colons = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] == '$' && i + 1 < format.Length && format[i + 1] == '{' && format.IndexOf('}', i) is var close and > 0)
            {
                // What the reference names is never empty in a real ARN.
                builder.Add(colons < 5 ? PlaceKind.OneInField : PlaceKind.One).Add(colons < 5 ? PlaceKind.StarInField : PlaceKind.Star);
                i = close;
                continue;
            }

            colons += format[i] == ':' ? 1 : 0;
            builder.Add(format[i] == '*' ? PlaceKind.Star : PlaceKind.Exact, format[i] == '*' ? '\0' : format[i]);
        }

        return builder.Build();
    }

    private static TextSet? PrincipalArns(PrincipalEntry entry)
    {
        if (entry.Kind != PrincipalEntryKind.Aws)
        {
            return TextSet.Of();
        }

        if (CallerPrincipal.TryParse(entry.Value, null, out _) is not { } named)
        {
            return null;
        }

        return named.Kind switch
        {
            // Twelve digits name the account in every partition, its ARN in one.
            PrincipalKind.Root => entry.Value.Length == 12 ? AccountArns(named.Account) : StackTranslator.ArnFields(named.Partition, "*", "", named.Account, "?*"),
            PrincipalKind.User or PrincipalKind.Role => TextSet.Of(entry.Value),

            // Which session of the role is asking is not part of aws:PrincipalArn.
            _ => null,
        };
    }

    /// <summary>The ARNs of callers of one account, or of any.</summary>
    private static TextSet AccountArns(string? account)
    {
        CharPattern.Builder builder = new CharPattern.Builder().Exact("arn:").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.StarInField).Exact("::");
        builder = account is null ? Digits(builder) : builder.Exact(account);
        return new TextSet(new PatternSet([builder.Exact(":").Add(PlaceKind.One).Add(PlaceKind.Star).Build()]));
    }

    private static TextSet TwelveDigits() => new(new PatternSet([Digits(new CharPattern.Builder()).Build()]));

    private static CharPattern.Builder Digits(CharPattern.Builder builder)
    {
        for (int i = 0; i < 12; i++)
        {
            builder.Add(PlaceKind.OneDigit);
        }

        return builder;
    }

    /// <summary>Fields without a colon, none of them empty.</summary>
    private static CharPattern Filled(int fields)
    {
        var builder = new CharPattern.Builder();
        for (int i = 0; i < fields; i++)
        {
            if (i > 0)
            {
                builder.Add(PlaceKind.Exact, ':');
            }

            builder.Add(PlaceKind.OneInField).Add(PlaceKind.StarInField);
        }

        return builder.Build();
    }

    private static CharPattern Arn(Func<CharPattern.Builder, CharPattern.Builder> account) =>
        account(new CharPattern.Builder().Exact("arn:").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":")
                .Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.StarInField).Exact(":"))
            .Exact(":").Add(PlaceKind.One).Add(PlaceKind.Star).Build();

    private int Implies(int a, int b) => graph.Or(FormulaBuilder.Not(a), b);

    private int Same(int a, int b) => graph.And(Implies(a, b), Implies(b, a));
}
