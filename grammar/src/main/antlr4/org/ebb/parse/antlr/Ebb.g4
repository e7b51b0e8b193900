grammar Ebb;
program : EOF ;
