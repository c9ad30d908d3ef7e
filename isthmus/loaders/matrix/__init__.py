"""Networks as other programs keep them: matrices with tables of attributes, Pajek, GML, GraphML, GEXF."""
