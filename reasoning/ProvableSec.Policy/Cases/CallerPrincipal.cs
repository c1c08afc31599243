namespace ProvableSec.Policy.Cases;

/// <summary>A principal taken apart. Immutable.</summary>
public sealed class CallerPrincipal
{
    // The one text that follows from a principal of its kind; made when first asked for, at worst by two threads alike.
    private string? derived;

    private CallerPrincipal(PrincipalKind kind, string name, string partition, string account, string path, string session)
    {
        Kind = kind;
        Name = name;
        Partition = partition;
        Account = account;
        Path = path;
        Session = session;
    }

    /// <summary>Which kind of principal.</summary>
    public PrincipalKind Kind { get; }

    /// <summary>The principal as a policy would name it: its ARN, a service or provider name, <c>*</c> when anonymous.</summary>
    public string Name { get; }

    /// <summary>The ARN's partition, such as <c>aws</c>; empty without an ARN.</summary>
    public string Partition { get; }

    /// <summary>The twelve digits of its account; empty for services, providers and anonymous callers.</summary>
    public string Account { get; }

    /// <summary>The user, role or federated-user name with its IAM path (<c>team/a</c>); a role session's role, without its path as AWS leaves it out of the
    /// ARN.</summary>
    public string Path { get; }

    /// <summary>The session name of a role session; empty when it is not known.</summary>
    public string Session { get; }

    /// <summary>The role of a role session as far as the session's ARN tells it, which leaves out the role's path.</summary>
    internal string RoleArn => derived ??= $"arn:{Partition}:iam::{Account}:role/{Path}";

    /// <summary>A user's name without its path.</summary>
    internal string UserName => derived ??= Path.Substring(Path.LastIndexOf('/') + 1);

    /// <summary>Whether a federated principal comes from a SAML provider, not from a web identity provider.</summary>
    internal bool IsSamlProvider => Path.StartsWith("saml-provider/", StringComparison.Ordinal);

    /// <summary>What <c>aws:userid</c> is for a federated user.</summary>
    internal string FederatedUserId => derived ??= $"{Account}:{Path}";

    /// <summary>Takes a principal apart.</summary>
    /// <param name="text">An ARN, a 12-digit account (its root user), a service principal, a provider, or <c>*</c>.</param>
    /// <param name="kind">What it is said to be; null to derive it.</param>
    /// <param name="problem">What is wrong with it, when the result is null.</param>
    public static CallerPrincipal? TryParse(string text, PrincipalKind? kind, out string problem)
    {
        problem = "";
        CallerPrincipal? parsed = Derive(text, kind, ref problem);
        if (parsed is not null && kind is { } said && said != parsed.Kind)
        {
            problem = $"principalType says {Word(said)}, but the principal is {Word(parsed.Kind)}";
            return null;
        }

        return parsed;
    }

    /// <summary>The word the case format uses for a kind.</summary>
    public static string Word(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Anonymous => "anonymous",
        PrincipalKind.Root => "root",
        PrincipalKind.User => "user",
        PrincipalKind.Role => "role",
        PrincipalKind.AssumedRole => "assumed-role",
        PrincipalKind.FederatedUser => "federated-user",
        PrincipalKind.Service => "service",
        _ => "federated",
    };

    /// <summary>The kind a word of the case format means, or null.</summary>
    public static PrincipalKind? KindOf(string word)
    {
        for (PrincipalKind kind = PrincipalKind.Anonymous; kind <= PrincipalKind.Federated; kind++)
        {
            if (word == Word(kind))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>All words of the case format, for messages.</summary>
    public static string Words => "anonymous, root, user, role, assumed-role, federated-user, service, federated";

    private static CallerPrincipal? Derive(string text, PrincipalKind? kind, ref string problem)
    {
        if (text == "*")
        {
            return new CallerPrincipal(PrincipalKind.Anonymous, text, "", "", "", "");
        }

        if (IsTwelveDigits(text))
        {
            return new CallerPrincipal(PrincipalKind.Root, $"arn:aws:iam::{text}:root", "aws", text, "", "");
        }

        if (!text.StartsWith("arn:", StringComparison.Ordinal))
        {
            bool service = kind == PrincipalKind.Service
                || (kind is null && (text.EndsWith(".amazonaws.com", StringComparison.Ordinal) || text.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal)
                    || text.EndsWith(".amazon.com", StringComparison.Ordinal)));
            bool provider = kind == PrincipalKind.Federated
                || (kind is null && text is "accounts.google.com" or "www.amazon.com" or "graph.facebook.com" or "cognito-identity.amazonaws.com");
            if (text == "cognito-identity.amazonaws.com" && kind is null)
            {
                service = false;
            }

            if (text.Length > 0 && (service || provider))
            {
                return new CallerPrincipal(service ? PrincipalKind.Service : PrincipalKind.Federated, text, "", "", "", "");
            }

            problem = $"\"{text}\" is not a principal; expected an ARN, a service such as lambda.amazonaws.com, or \"*\" for an anonymous caller";
            return null;
        }

        string[] fields = text.Split([':'], 6);
        if (fields.Length < 6 || fields[5].Length == 0)
        {
            problem = $"\"{text}\" has fewer than the six fields of an ARN (arn:partition:service:region:account:resource)";
            return null;
        }

        string partition = fields[1], account = fields[4], rest = fields[5];
        if (!IsTwelveDigits(account))
        {
            problem = $"the account of \"{text}\" is not twelve digits";
            return null;
        }

        CallerPrincipal Make(PrincipalKind made, string path, string session = "") => new(made, text, partition, account, path, session);
        if (fields[2] == "iam")
        {
            if (rest == "root")
            {
                return Make(PrincipalKind.Root, "");
            }

            if (After(rest, "user/") is { } user)
            {
                return Make(PrincipalKind.User, user);
            }

            if (After(rest, "role/") is { } role)
            {
                return Make(PrincipalKind.Role, role);
            }

            if (rest.StartsWith("oidc-provider/", StringComparison.Ordinal) || rest.StartsWith("saml-provider/", StringComparison.Ordinal))
            {
                return Make(PrincipalKind.Federated, rest);
            }
        }
        else if (fields[2] == "sts")
        {
            if (After(rest, "federated-user/") is { } federated)
            {
                return Make(PrincipalKind.FederatedUser, federated);
            }

            if (After(rest, "assumed-role/") is { } session && session.IndexOf('/') is var slash and > 0 && slash < session.Length - 1)
            {
                return Make(PrincipalKind.AssumedRole, session.Substring(0, slash), session.Substring(slash + 1));
            }
        }

        problem = $"\"{text}\" is not the ARN of a principal; expected iam …:root, :user/…, :role/…, or sts …:assumed-role/ROLE/SESSION, :federated-user/…";
        return null;
    }

    private static string? After(string text, string prefix) =>
        // The name stands behind the path's last slash, and nobody's name is empty.
        text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal) && text[text.Length - 1] != '/' ? text.Substring(prefix.Length) : null;

    /// <summary>Whether a text is twelve digits, as the number of an account is.</summary>
    public static bool IsTwelveDigits(string text)
    {
        if (text.Length != 12)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }
}
