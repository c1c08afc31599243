using ProvableSec.CertificateChecker.Values;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>
/// Sets of texts that facts about the world speak of. No reading of a policy's patterns bears on them. Each is made anew, since a set remembers
/// the states of its automaton and so belongs to one derivation.
/// </summary>
internal static class ArnSets
{
    private static readonly Place[] Field = [new(PlaceKind.StarButColon)];
    private static readonly Place[] SomeField = [new(PlaceKind.AnyButColon), new(PlaceKind.StarButColon)];
    private static readonly Place[] Rest = [new(PlaceKind.Any), new(PlaceKind.Star)];
    private static readonly Place[] Digits = [.. Enumerable.Repeat(new Place(PlaceKind.Digit), 12)];

    /// <summary>Some texts, named one by one.</summary>
    public static TextSet Texts(params string[] texts) => new($"texts({string.Join(", ", texts.Select(PolicyText.Quoted))})", [.. texts.Select(Place.Text)]);

    /// <summary>A text in any case.</summary>
    public static TextSet AnyCase(string text) => new($"any case of {PolicyText.Quoted(text)}",
        text.ToLowerInvariant().Select(c => new Place(PlaceKind.Folded, c)));

    /// <summary>Twelve digits.</summary>
    public static TextSet TwelveDigits => new("twelve digits", Digits);

    /// <summary>Six fields with this account, or with twelve digits, in the fifth.</summary>
    public static TextSet OfAccount(string? account) => new(
        account is null ? "six fields with an account" : $"six fields with the account {PolicyText.Quoted(account)}",
        [.. Fields(4), .. account is null ? Digits : Place.Text(account), new Place(PlaceKind.Exact, ':'), new Place(PlaceKind.Star)]);

    /// <summary>Six fields with one of these accounts in the fifth.</summary>
    public static TextSet OfAccounts(IReadOnlyCollection<string> accounts) => accounts.Count == 1 ? OfAccount(accounts.Single()) : new(
        $"six fields with one of the accounts {string.Join(", ", accounts.Select(PolicyText.Quoted))}",
        [.. accounts.Select(a => (IEnumerable<Place>)[.. Fields(4), .. Place.Text(a + ":"), new Place(PlaceKind.Star)])]);

    /// <summary>Three fields or more with this partition, or with some, in the second.</summary>
    public static TextSet OfPartition(string? partition) => new(
        partition is null ? "fields with a partition" : $"fields with the partition {PolicyText.Quoted(partition)}",
        [.. Fields(1), .. partition is null ? SomeField : Place.Text(partition), new Place(PlaceKind.Exact, ':'), new Place(PlaceKind.Star)]);

    /// <summary>Six fields, of a service, whose last begins in a way.</summary>
    public static TextSet OfResource(string service, string begins) => new(
        $"six fields of {PolicyText.Quoted(service)} with {PolicyText.Quoted(begins)}",
        [.. Fields(2), .. Place.Text(service + ":"), .. Fields(2), .. Place.Text(begins), new Place(PlaceKind.Star)]);

    /// <summary>ARNs of callers: the service, an account or any, and how the last field goes on.</summary>
    public static TextSet Caller(string service, string? partition, string? account, string begins, bool named) => new(
        $"callers({PolicyText.Quoted($"arn:{partition ?? "*"}:{service}:*:{account ?? "############"}:{begins}{(named ? "?*" : "")}")})",
        [
            .. Place.Text("arn:"), .. partition is null ? Field : Place.Text(partition), .. Place.Text($":{service}:"), .. Field, .. Place.Text(":"),
            .. account is null ? Digits : Place.Text(account), .. Place.Text(":" + begins), .. named ? Rest : [],
        ]);

    /// <summary>Providers by their ARNs.</summary>
    public static TextSet Providers => new("providers by ARN", Provider("oidc-provider/"), Provider("saml-provider/"));

    /// <summary>The ARN of a user of a name, with any path.</summary>
    public static TextSet UserNamed(string name)
    {
        Place[] users = [.. Place.Text("arn:"), .. Field, .. Place.Text(":iam:"), .. Field, .. Place.Text(":"), .. Field, .. Place.Text(":user/")];
        return new TextSet($"users named {PolicyText.Quoted(name)}", [.. users, .. Place.Text(name)],
            [.. users, new Place(PlaceKind.Star), .. Place.Text("/" + name)]);
    }

    /// <summary>The ARN of a role of a name, in an account of a partition, with any path.</summary>
    public static TextSet RoleNamed(string partition, string account, string name)
    {
        string roles = $"arn:{partition}:iam::{account}:role/";
        return new TextSet($"roles {PolicyText.Quoted(roles)} named {PolicyText.Quoted(name)}", Place.Text(roles + name),
            [.. Place.Text(roles), new Place(PlaceKind.Star), .. Place.Text("/" + name)]);
    }

    /// <summary>The ids of the sessions of a name, in which there is no colon.</summary>
    public static TextSet IdsOfSession(string session) =>
        new($"ids of sessions named {PolicyText.Quoted(session)}", [.. Place.Text("AROA"), .. Field, .. Place.Text(":" + session)]);

    /// <summary><c>*</c>, if so said, and ARNs in one of these partitions.</summary>
    public static TextSet InPartitions(IReadOnlyList<string> partitions, bool orStar) => new(
        $"{(orStar ? "* or " : "")}ARNs in {string.Join(", ", partitions)}",
        [.. orStar ? (IEnumerable<Place>[])[Place.Text("*")] : [],
            .. partitions.Select(p => (IEnumerable<Place>)[.. Place.Text($"arn:{p}:"), new Place(PlaceKind.Star)])]);

    /// <summary>Texts in which a character stands.</summary>
    public static TextSet Holding(char c) => new($"holding {PolicyText.Quoted(c.ToString())}",
        [new Place(PlaceKind.Star), new Place(PlaceKind.Exact, c), new Place(PlaceKind.Star)]);

    /// <summary>ARNs whose last name, behind a slash, is this.</summary>
    public static TextSet LastNamed(string name) => new($"ARNs ending in {PolicyText.Quoted("/" + name)}",
        [.. Place.Text("arn:"), new Place(PlaceKind.Star), .. Place.Text("/" + name)]);

    /// <summary>Texts that begin in a way.</summary>
    public static TextSet Beginning(string text) => new($"beginning with {PolicyText.Quoted(text)}", [.. Place.Text(text), new Place(PlaceKind.Star)]);

    /// <summary>ARNs without a name behind the last slash.</summary>
    public static TextSet ArnEndingInSlash => new("arn:*/", [.. Place.Text("arn:"), new Place(PlaceKind.Star), .. Place.Text("/")]);

    /// <summary>Two fields, both with something in them.</summary>
    public static TextSet ActionShape => new("service:Name", [.. SomeField, new Place(PlaceKind.Exact, ':'), .. SomeField]);

    /// <summary>A star, or six fields with no account, twelve digits or <c>aws</c> in the fifth.</summary>
    public static TextSet ResourceShape => new("* or an ARN", Place.Text("*"), Arn([]), Arn(Place.Text("aws")), Arn(Digits));

    /// <summary>ARNs of a format of the service data, with something in place of each <c>${…}</c>.</summary>
    public static IEnumerable<Place> Format(string format)
    {
        int colons = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] == '$' && i + 1 < format.Length && format[i + 1] == '{' && format.IndexOf('}', i) is var close and > 0)
            {
                // A region or account may be empty, as in the ARNs of what belongs to AWS.
                foreach (Place place in colons is 3 or 4 ? Field : colons < 5 ? SomeField : Rest)
                {
                    yield return place;
                }

                i = close;
                continue;
            }

            colons += format[i] == ':' ? 1 : 0;
            yield return format[i] == '*' ? new Place(colons < 5 ? PlaceKind.StarButColon : PlaceKind.Star) : new Place(PlaceKind.Exact, format[i]);
        }
    }

    /// <summary>Texts whose fifth field of six is a member of a set.</summary>
    public static TextSet AccountIn(TextSet accounts) => Around("six fields with an account", Fields(4), accounts,
        [new Place(PlaceKind.Exact, ':'), new Place(PlaceKind.Star)]);

    /// <summary>Texts that go on from a beginning with a member of a set.</summary>
    public static TextSet Behind(string beginning, TextSet set) => new(
        $"{PolicyText.Quoted(beginning)} and then {set.Name}",
        set.Readings,
        readings => set.Patterns(readings).Select(p => (Place[])[.. Place.Text(beginning), .. p]));

    /// <summary>Texts that go on from a beginning with a member of a set, in one field, to an end.</summary>
    private static TextSet Around(string name, IEnumerable<Place> before, TextSet set, Place[] after) => new(
        $"{name} in {set.Name}",
        set.Readings,
        readings => set.Patterns(readings)
            .Where(p => !p.Any(place => place is { Kind: PlaceKind.Exact, Character: ':' }))
            .Select(p => (Place[])[.. before, .. p.Select(InField), .. after]));

    private static Place[] Provider(string begins) =>
        [.. Place.Text("provider arn:"), .. Field, .. Place.Text(":iam:"), .. Field, .. Place.Text(":"), .. Digits, .. Place.Text(":" + begins),
            new Place(PlaceKind.Star)];

    private static Place InField(Place place) => place.Kind switch
    {
        PlaceKind.Any => new Place(PlaceKind.AnyButColon),
        PlaceKind.Star => new Place(PlaceKind.StarButColon),
        _ => place,
    };

    private static IEnumerable<Place> Fields(int count) => Enumerable.Repeat((Place[])[.. Field, new Place(PlaceKind.Exact, ':')], count).SelectMany(f => f);

    private static Place[] Arn(IEnumerable<Place> account) =>
        [.. Place.Text("arn:"), .. SomeField, .. Place.Text(":"), .. SomeField, .. Place.Text(":"), .. Field, .. Place.Text(":"), .. account,
            .. Place.Text(":"), .. Rest];
}
